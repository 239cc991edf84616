/** All rows of a ledger in a form that does not depend on how it came to be, and what a killed host left of its files. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";

/** The tables whose rows are compared, all columns of each. Numbers that rows were given are replaced by what they stand for. */
const TABLES = {
  files: "SELECT f.* FROM transcript_files f",
  sessions: "SELECT s.* FROM transcript_sessions s",
  messages: `SELECT m.*, s.session_id, k.model, k.speed, k.service_tier, k.inference_geo, t.turn_id, t.git_branch, tools,
      CASE WHEN m.file_id > 0 THEN f.path ELSE m.file_id END AS told_by, p.price_id, p.source, p.price_date
    FROM api_messages m LEFT JOIN transcript_sessions s USING (session_key) LEFT JOIN message_kinds k USING (kind_key)
      LEFT JOIN transcript_files f USING (file_id) LEFT JOIN message_turns t USING (turn_key)
      LEFT JOIN prices p USING (price_key) LEFT JOIN called_tools USING (tools_key)`,
  totals: "SELECT c.*, s.session_id FROM cost_totals c LEFT JOIN transcript_sessions s USING (session_key)",
  owned: "SELECT * FROM owned_sessions",
  marks: "SELECT * FROM ledger_marks",
} as const;

/** Columns of numbers that rows were given in the order in which they came. */
const NUMBERING = new Set(["file_id", "message_key", "session_key", "kind_key", "turn_key", "price_key", "tools_key"]);

type LedgerTable = keyof typeof TABLES;

/** A column's value by its name. */
export type LedgerRow = Readonly<Record<string, string | number | null>>;
export type LedgerContents = Readonly<Record<LedgerTable, readonly LedgerRow[]>>;

/** What a host left in its data directory, read from a copy: the files themselves are for the next host to mend. */
export interface LeftBehind {
  /** By the name of the database: SQLite's own verdict. */
  readonly integrity: Readonly<Record<string, string>>;
  /** The ids of all messages of the ledger. */
  readonly messageIds: readonly string[];
}

/** Looks at the databases of a data directory, whether a host has them open or died of a kill. */
export function leftBehind(dataDir: string): LeftBehind {
  const copy = mkdtempSync(join(tmpdir(), "switchboard-left-"));
  try {
    const names = readdirSync(dataDir).filter((name) => /\.db(?:-wal)?$/u.test(name));
    for (const name of names) cpSync(join(dataDir, name), join(copy, name));
    const databases = names.filter((name) => name.endsWith(".db"));
    const verdicts = databases.map((name) => [name, withDatabase(join(copy, name), integrityOf)]);
    return { integrity: Object.fromEntries(verdicts), messageIds: withDatabase(join(copy, "ledger.db"), messageIdsOf) };
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** The rows of a ledger that a host has open. */
export function ledgerContents(dataDir: string): LedgerContents {
  const database = new Database(join(dataDir, "ledger.db"), { readonly: true, fileMustExist: true });
  try {
    return contentsOf(database);
  } finally {
    database.close();
  }
}

function withDatabase<Result>(path: string, act: (database: Database.Database) => Result): Result {
  const database = new Database(path, { fileMustExist: true });
  try {
    return act(database);
  } finally {
    database.close();
  }
}

function integrityOf(database: Database.Database): string {
  return String(database.pragma("integrity_check", { simple: true }));
}

function messageIdsOf(database: Database.Database): readonly string[] {
  const rows = database.prepare<[], { readonly id: string }>("SELECT message_id AS id FROM api_messages").all();
  return rows.map(({ id }) => id);
}

function contentsOf(database: Database.Database): LedgerContents {
  const rows = (table: LedgerTable): readonly LedgerRow[] =>
    database.prepare<[], LedgerRow>(TABLES[table]).all().map(withoutNumbering);
  // One view of the file for all tables: a host may write it meanwhile.
  return database.transaction(() => ({
    files: rows("files"),
    sessions: rows("sessions"),
    messages: rows("messages"),
    totals: rows("totals"),
    owned: rows("owned"),
    marks: rows("marks"),
  }))();
}

function withoutNumbering(row: LedgerRow): LedgerRow {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !NUMBERING.has(column)));
}

/** What stands in one list and not in the other, one line a row; both empty when they are the same, however ordered. */
export function difference(found: readonly unknown[], expected: readonly unknown[]): object {
  const left = lines(found);
  const right = lines(expected);
  return { unexpected: minus(left, right), missing: minus(right, left) };
}

export const NO_DIFFERENCE = { unexpected: [], missing: [] };

function lines(rows: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const line = JSON.stringify(row);
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return counts;
}

function minus(from: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): readonly string[] {
  return [...from].flatMap(([line, count]) => (count > (other.get(line) ?? 0) ? [line] : []));
}
