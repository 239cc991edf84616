/** One forward-only step of the database's shape. Its number is its place in the list. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}
