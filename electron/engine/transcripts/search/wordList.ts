/** The different words of all messages, found by what stands in them. A word stays when its last message goes. */
import type { SearchDatabase } from "./searchDatabase.ts";
import type { FindWords } from "./matchExpression.ts";
import { isUnspaced } from "./searchWords.ts";

/** Words that are known to be in the list, so that the common ones cost no look into it. */
const REMEMBERED_WORDS = 20_000;

/** Shorter words hold no part that can be looked for but themselves. */
const MIN_CHARACTERS = 4;

/** Longer words that a part of a word stands for; the shortest come first, as the closest to what was typed. */
const MAX_FOUND_WORDS = 200;

interface WordList {
  readonly add: (words: readonly string[]) => void;
  /** To be called when a transaction was undone: what was added in it is not in the list. */
  readonly forget: () => void;
}

export function openWordList(database: SearchDatabase): WordList {
  const add = database.prepare("INSERT OR IGNORE INTO word_list (word) VALUES (?)");
  const addParts = database.prepare("INSERT INTO word_parts (rowid, word) VALUES (?, ?)");
  const known = new Set<string>();
  return {
    add: (words) => {
      for (const word of words) {
        if (word.length < MIN_CHARACTERS || known.has(word) || isUnspaced(word)) continue;
        if (known.size >= REMEMBERED_WORDS) known.clear();
        known.add(word);
        const { changes, lastInsertRowid } = add.run(word);
        if (changes > 0) addParts.run(lastInsertRowid, word);
      }
    },
    forget: () => known.clear(),
  };
}

/** For asking: words that hold the text inside them. The text holds letters and digits only: nothing to escape. */
export function wordFinder(database: SearchDatabase): FindWords {
  const find = database
    .prepare<[{ readonly text: string; readonly pattern: string }], string>(
      `SELECT word FROM word_parts WHERE word LIKE @pattern AND substr(word, 1, length(@text)) <> @text
      ORDER BY length(word), word LIMIT ${MAX_FOUND_WORDS}`,
    )
    .pluck();
  return (text, place) => find.all({ text, pattern: place === "inside" ? `%${text}%` : `%${text}` });
}
