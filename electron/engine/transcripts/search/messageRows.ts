/**
 * The rows of messages: one a message, with the best of its records; the others wait as copies.
 * Invariant: whatever the order in which records come and files go, the same record of a message is the best one.
 */
import type { SearchRole } from "../../../../shared/model/search.ts";
import type { SearchDatabase } from "./searchDatabase.ts";
import { wordsOf } from "./searchWords.ts";
import { openWordList } from "./wordList.ts";

/** How the database names who said a message. */
export const roleNumber: Readonly<Record<SearchRole, number>> = { assistant: 0, user: 1, subagent: 2 };

/** Where a message stands. */
interface MessagePlace {
  readonly key: bigint;
  readonly fileId: number;
  readonly turn: number;
  readonly offset: number;
  /** Length of the record's line. */
  readonly bytes: number;
  readonly role: SearchRole;
  readonly atMs: number | null;
  readonly isForkCopy: boolean;
}

export interface MessageRows {
  readonly add: (place: MessagePlace, text: string) => void;
  /** The answer to this turn's prompt is another session's: so is the prompt, whose record does not say it. */
  readonly markCopiedPrompt: (fileId: number, turn: number) => void;
  readonly addTool: (fileId: number, turn: number, name: string) => void;
  /** All that stands in the file is gone; a message of which another file has a copy stays, there. */
  readonly removeFile: (fileId: number) => void;
  /** To be called when a transaction was undone. */
  readonly forget: () => void;
}

const PLACE_COLUMNS = "key, file_id, turn, record_offset, record_bytes, role, at_ms, is_fork_copy";
const PLACE_VALUES = "@key, @fileId, @turn, @offset, @bytes, @role, @atMs, @isForkCopy";

export function messageRows(database: SearchDatabase): MessageRows {
  const wordList = openWordList(database);
  const addMessage = database.prepare(
    `INSERT INTO messages (${PLACE_COLUMNS}) VALUES (${PLACE_VALUES}) ON CONFLICT (key) DO NOTHING`,
  );
  const addCopy = database.prepare(`INSERT INTO copies (${PLACE_COLUMNS}) VALUES (${PLACE_VALUES})`);
  const addText = database.prepare("INSERT INTO words (rowid, text) VALUES (?, ?)");
  const settling = settlement(database);
  const removal = fileRemoval(database, settling);
  const markMessage = database
    .prepare<[number, number], bigint>(
      `UPDATE messages SET is_fork_copy = 1 WHERE file_id = ? AND turn = ? AND role = ${roleNumber.user} RETURNING key`,
    )
    .pluck()
    .safeIntegers();
  const markCopy = database
    .prepare<[number, number], bigint>(
      `UPDATE copies SET is_fork_copy = 1 WHERE file_id = ? AND turn = ? AND role = ${roleNumber.user} RETURNING key`,
    )
    .pluck()
    .safeIntegers();
  const toolId = database
    .prepare("INSERT INTO tools (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING tool_id")
    .pluck();
  const addTurnTool = database.prepare("INSERT OR IGNORE INTO turn_tools (file_id, turn, tool_id) VALUES (?, ?, ?)");
  return {
    add: (place, text) => {
      const row = { ...place, role: roleNumber[place.role], isForkCopy: Number(place.isForkCopy) };
      const { changes, lastInsertRowid } = addMessage.run(row);
      if (changes === 0) {
        addCopy.run(row);
        settling(place.key);
        return;
      }
      const words = wordsOf(text);
      addText.run(lastInsertRowid, words.join(" "));
      wordList.add(words);
    },
    markCopiedPrompt: (fileId, turn) => {
      for (const key of [...markMessage.all(fileId, turn), ...markCopy.all(fileId, turn)]) settling(key);
    },
    addTool: (fileId, turn, name) => void addTurnTool.run(fileId, turn, toolId.get(name)),
    removeFile: removal,
    forget: () => wordList.forget(),
  };
}

/** Answers a function that makes the best of a message's records the one to show. */
function settlement(database: SearchDatabase): (key: bigint) => void {
  const bestOf = database
    .prepare<[{ readonly key: bigint }], { readonly copyId: bigint }>(
      `SELECT 0 AS copyId, f.born_ms, f.path, p.* FROM (SELECT ${PLACE_COLUMNS} FROM messages WHERE key = @key) p
        JOIN files f USING (file_id)
      UNION ALL
      SELECT p.copyId, f.born_ms, f.path, p.${PLACE_COLUMNS.replaceAll(", ", ", p.")} FROM
        (SELECT rowid AS copyId, ${PLACE_COLUMNS} FROM copies WHERE key = @key) p JOIN files f USING (file_id)
      -- Who said it first: a fork's copies say that they are; else the older file, then anything that stays the same.
      ORDER BY is_fork_copy, born_ms, path, record_offset LIMIT 1`,
    )
    .safeIntegers();
  const stepDown = database.prepare(
    `INSERT INTO copies (${PLACE_COLUMNS}) SELECT ${PLACE_COLUMNS} FROM messages WHERE key = ?`,
  );
  const stepUp = promotion(database);
  return (key) => {
    const best = bestOf.get({ key });
    if (best === undefined) throw new Error("A message that was just written has no record.");
    if (best.copyId === 0n) return;
    stepDown.run(key);
    stepUp(best.copyId);
  };
}

/** Answers a function that puts a copy in the place of the record that was shown. */
function promotion(database: SearchDatabase): (copyId: bigint) => void {
  const update = database.prepare(
    `UPDATE messages SET (file_id, turn, record_offset, record_bytes, role, at_ms, is_fork_copy) =
      (c.file_id, c.turn, c.record_offset, c.record_bytes, c.role, c.at_ms, c.is_fork_copy)
    FROM copies c WHERE c.rowid = ? AND c.key = messages.key`,
  );
  const remove = database.prepare("DELETE FROM copies WHERE rowid = ?");
  return (copyId) => {
    update.run(copyId);
    remove.run(copyId);
  };
}

function fileRemoval(database: SearchDatabase, settle: (key: bigint) => void): (fileId: number) => void {
  const removeCopies = database.prepare("DELETE FROM copies WHERE file_id = ?");
  const removeTools = database.prepare("DELETE FROM turn_tools WHERE file_id = ?");
  const shown = database
    .prepare<[number], { readonly messageId: bigint; readonly key: bigint; readonly copyId: bigint | null }>(
      `SELECT message_id AS messageId, key, (SELECT rowid FROM copies c WHERE c.key = m.key LIMIT 1) AS copyId
      FROM messages m WHERE file_id = ?`,
    )
    .safeIntegers();
  const removeText = database.prepare("DELETE FROM words WHERE rowid = ?");
  const removeMessage = database.prepare("DELETE FROM messages WHERE message_id = ?");
  const promote = promotion(database);
  return (fileId) => {
    removeCopies.run(fileId);
    removeTools.run(fileId);
    for (const { messageId, key, copyId } of shown.all(fileId)) {
      if (copyId !== null) {
        promote(copyId);
        settle(key);
        continue;
      }
      removeText.run(messageId);
      removeMessage.run(messageId);
    }
  };
}
