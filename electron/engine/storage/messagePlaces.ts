/**
 * Finds the rows of a message id. The first messages of an empty table are found by what is remembered of them, and the
 * index over their ids is made when all are in: ids have no order, so that keeping it meanwhile takes as long as all other
 * writing. Invariant: an id is looked up either in what is remembered of all rows, or in the index.
 */
import { apiMessageReads, type ApiMessageRow } from "./apiMessageRows.ts";
import { FirstMessages } from "./firstMessages.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** Messages remembered at most: some 24 MB. With more, the index is made while messages still come. */
const MAX_FIRST_MESSAGES = 1_000_000;

type Removal = ReturnType<typeof removalBy>;

/** Takes rows out, and notes for whoever holds a copy of them that they are gone. */
function removalBy(database: SqliteDatabase, column: "message_id" | "message_key") {
  const keys = column === "message_key" ? "VALUES (?)" : "SELECT message_key FROM api_messages WHERE message_id = ?";
  return {
    note: database.prepare(`INSERT INTO entry_changes (message_key) ${keys}`),
    remove: database.prepare(`DELETE FROM api_messages WHERE ${column} = ?`),
  };
}

export class MessagePlaces {
  readonly #database: SqliteDatabase;
  readonly #reads: ReturnType<typeof apiMessageReads>;
  readonly #byId: Removal;
  readonly #byKey: Removal;
  #first: FirstMessages | null = null;
  #setCount = 0;
  #isIndexed = false;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#reads = apiMessageReads(database);
    this.#byId = removalBy(database, "message_id");
    this.#byKey = removalBy(database, "message_key");
    // A host that was killed before its first messages were in left no index.
    this.endFirst();
  }

  readonly beginFirst = (): void => {
    const any = this.#database.prepare("SELECT 1 FROM api_messages LIMIT 1").get();
    if (this.#first !== null || any !== undefined) return;
    try {
      this.#database.exec("DROP INDEX IF EXISTS api_messages_by_id");
      this.#first = new FirstMessages();
      this.#setCount = 0;
    } catch {
      // Somebody has the file locked: then the index serves, and the writes that follow tell of the lock.
    }
  };

  readonly endFirst = (): void => {
    this.forget();
    this.#database.exec("CREATE UNIQUE INDEX IF NOT EXISTS api_messages_by_id ON api_messages (message_id, variant)");
    this.#isIndexed = true;
  };

  /** True when the id may be known; the index leaves it to the insert. */
  readonly has = (messageId: string): boolean => {
    if (this.#first === null && !this.#isIndexed) this.endFirst();
    return this.#first?.has(messageId) === true;
  };

  readonly set = (messageId: string, keys: readonly number[]): void => {
    if (this.#first === null) return;
    this.#first.set(messageId, keys);
    this.#setCount += 1;
    if (this.#setCount > MAX_FIRST_MESSAGES) this.endFirst();
  };

  readonly rows = (messageId: string): readonly ApiMessageRow[] => {
    if (this.#first === null) return this.#reads.withMessageId(messageId);
    const rows = this.#reads.withKeys(this.#first.keys(messageId));
    if (rows.every((row) => row.messageId === messageId)) return rows;
    // Two ids with one hash: the index tells them apart.
    this.endFirst();
    return this.#reads.withMessageId(messageId);
  };

  readonly remove = (messageId: string): void => {
    const { note, remove } = this.#first === null ? this.#byId : this.#byKey;
    for (const key of this.#first?.keys(messageId) ?? [messageId]) {
      note.run(key);
      remove.run(key);
    }
  };

  readonly forget = (): void => {
    this.#first = null;
    this.#isIndexed = false;
  };
}
