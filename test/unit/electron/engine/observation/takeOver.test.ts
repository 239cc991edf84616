import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lookBeforeTakeOver, type TakeOverParts } from "../../../../../electron/engine/observation/takeOver.ts";
import { anEntry, SESSION_ID } from "./observationFixture.ts";

let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-takeover-"));
  path = join(folder, "session.jsonl");
  await writeFile(path, "x".repeat(321));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const whole = { sessionId: SESSION_ID, bytes: 321 };

test.each([
  { what: "never seen here", isKnown: false, goesOn: true, isFork: false, expected: whole },
  { what: "known from its transcript alone", isKnown: true, goesOn: true, isFork: false, expected: whole },
  { what: "kept here to its end", isKnown: true, goesOn: false, isFork: false, expected: null },
  { what: "forked, though kept here", isKnown: true, goesOn: false, isFork: true, expected: whole },
])("what only the transcript has of a session $what", async ({ isKnown, goesOn, isFork, expected }) => {
  expect(await lookBeforeTakeOver(parts({ isKnown: () => isKnown }, goesOn), SESSION_ID, isFork)).toEqual(expected);
});

test("whether a session went on elsewhere is told by the file, and not by an index that may lag", async () => {
  const asked: number[] = [];
  const history = { goesOnElsewhere: (_id: string, writtenMs: number) => asked.push(writtenMs) > 0 };
  await lookBeforeTakeOver({ ...parts(), history }, SESSION_ID, false);
  expect(asked).toEqual([(await stat(path)).mtimeMs]);
});

test("a session without a transcript has no other past", async () => {
  expect(await lookBeforeTakeOver(parts({ transcriptOf: () => null }), SESSION_ID, false)).toBeNull();
  const gone = parts({ transcriptOf: () => ({ path: join(folder, "gone.jsonl") }) });
  expect(await lookBeforeTakeOver(gone, SESSION_ID, true)).toBeNull();
});

test("a session that another process has open by now is refused, fork or not", async () => {
  let isOpen = false;
  const opened = parts({
    lookAround: async () => {
      isOpen = true;
    },
    live: () => (isOpen ? anEntry() : null),
  });
  const refusal = { code: "session_open_elsewhere", detail: { pid: 7, sessionId: SESSION_ID } };
  await expect(lookBeforeTakeOver(opened, SESSION_ID, false)).rejects.toMatchObject(refusal);
  await expect(lookBeforeTakeOver(opened, SESSION_ID, true)).rejects.toMatchObject(refusal);
});

test.each([
  [true, "Process 9 has this session open"],
  [false, "Process 9 works in this session's directory and seems to write it"],
])("a session that a process in no registry has open is refused (named: %s)", async (isNamed, words) => {
  const found = {
    pid: 9,
    startIdentity: "start-9",
    startedAt: 1,
    cwd: "/home/dev/shop",
    sessionId: SESSION_ID,
    isNamed,
  };
  const opened = parts({ findOpen: async () => found });
  await expect(lookBeforeTakeOver(opened, SESSION_ID, false)).rejects.toMatchObject({
    code: "session_open_elsewhere",
    message: expect.stringContaining(words),
    detail: { pid: 9, sessionId: SESSION_ID },
  });
});

function parts(differences: Partial<TakeOverParts> = {}, goesOn = true): TakeOverParts {
  return {
    lookAround: async () => undefined,
    live: () => null,
    findOpen: async () => null,
    isKnown: () => true,
    transcriptOf: () => ({ path }),
    history: { goesOnElsewhere: () => goesOn },
    ...differences,
  };
}
