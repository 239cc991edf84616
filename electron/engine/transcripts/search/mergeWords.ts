import type { SearchDatabase } from "./searchDatabase.ts";

/** Pages that one step writes at most, so that it ends soon. */
const MERGE_PAGES = 32;

/**
 * Takes one step in putting the pieces of both word indexes together. The first step marks all pieces that there are;
 * the later ones go on with them. Answers false when there was nothing left to do.
 */
export function mergeWords(database: SearchDatabase, isFirst: boolean): boolean {
  const changes = database.prepare("SELECT total_changes()").pluck();
  let isDone = true;
  for (const table of ["words", "word_parts"]) {
    const before = Number(changes.get());
    database
      .prepare(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`)
      .run(isFirst ? -MERGE_PAGES : MERGE_PAGES);
    // SQLite's documentation: a difference below 2 says that the step did nothing.
    if (Number(changes.get()) - before >= 2) isDone = false;
  }
  return !isDone;
}
