/**
 * Reads JSON and remembers where each value stands, so that a mistake in a file that a person wrote is named by its line.
 * Knows nothing about prices. Invariant: accepts what `JSON.parse` accepts, but for doubled keys and extreme depth.
 */

export interface LocatedJson {
  readonly value: unknown;
  /** The line, from 1, of the value at this path, or of the nearest value around it. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** `line` counts from 1. */
export class JsonMistake extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Deeper nesting is no file that a person wrote, and would exhaust the stack. */
const MAX_DEPTH = 64;

const SPACE = /[ \t\r\n]*/uy;
const STRING = /"(?:[^"\\]|\\.)*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;

interface Reading {
  readonly text: string;
  readonly offsets: Map<string, number>;
  at: number;
}

/** Throws a `JsonMistake`. */
export function parseLocatedJson(text: string): LocatedJson {
  const reading: Reading = { text, offsets: new Map(), at: 0 };
  const value = readValue(reading, []);
  skipSpace(reading);
  if (reading.at < text.length) throw mistake(reading, "nothing may follow the outermost value");
  return {
    value,
    lineOf: (path) => {
      for (let length = path.length; length >= 0; length -= 1) {
        const offset = reading.offsets.get(keyOf(path.slice(0, length).map(String)));
        if (offset !== undefined) return lineAt(text, offset);
      }
      return 1;
    },
  };
}

function readValue(reading: Reading, path: readonly string[]): unknown {
  skipSpace(reading);
  if (path.length > MAX_DEPTH) throw mistake(reading, "nested too deeply");
  reading.offsets.set(keyOf(path), reading.at);
  const first = reading.text[reading.at];
  if (first === "{") return readObject(reading, path);
  if (first === "[") return readArray(reading, path);
  if (first === undefined) throw mistake(reading, "the file ends too early");
  if (first === '"') return readString(reading, "a text has no end");
  const token = take(reading, SCALAR);
  if (token === null) throw mistake(reading, "a value is expected");
  const value: unknown = JSON.parse(token);
  return value;
}

function readString(reading: Reading, otherwise: string): string {
  const start = reading.at;
  const token = take(reading, STRING);
  if (token === null) throw mistake(reading, otherwise);
  try {
    return String(JSON.parse(token));
  } catch {
    reading.at = start;
    throw mistake(reading, "a text holds a line break or an unknown escape");
  }
}

function readObject(reading: Reading, path: readonly string[]): unknown {
  const entries = new Map<string, unknown>();
  reading.at += 1;
  if (takeMark(reading, "}")) return {};
  for (;;) {
    skipSpace(reading);
    const name = readString(reading, "a name in double quotes is expected");
    if (entries.has(name)) throw mistake(reading, `"${name}" is given twice`);
    if (!takeMark(reading, ":")) throw mistake(reading, 'a ":" is expected');
    entries.set(name, readValue(reading, [...path, name]));
    if (takeMark(reading, "}")) return Object.fromEntries(entries);
    if (!takeMark(reading, ",")) throw mistake(reading, 'a "," or "}" is expected');
  }
}

function readArray(reading: Reading, path: readonly string[]): unknown {
  const items: unknown[] = [];
  reading.at += 1;
  if (takeMark(reading, "]")) return items;
  for (;;) {
    items.push(readValue(reading, [...path, String(items.length)]));
    if (takeMark(reading, "]")) return items;
    if (!takeMark(reading, ",")) throw mistake(reading, 'a "," or "]" is expected');
  }
}

function take(reading: Reading, pattern: RegExp): string | null {
  pattern.lastIndex = reading.at;
  const found = pattern.exec(reading.text)?.[0] ?? null;
  reading.at += found?.length ?? 0;
  return found;
}

function takeMark(reading: Reading, mark: string): boolean {
  skipSpace(reading);
  if (reading.text[reading.at] !== mark) return false;
  reading.at += 1;
  return true;
}

function skipSpace(reading: Reading): void {
  take(reading, SPACE);
}

function mistake(reading: Reading, message: string): JsonMistake {
  return new JsonMistake(message, lineAt(reading.text, reading.at));
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}
