/** The recorded transcripts of every situation, as the index and the classifier tell of them; without the CLI. */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { expectedSessions } from "../support/transcripts/expectations.ts";
import { readTranscripts } from "../support/transcripts/readTranscripts.ts";
import { toldSessions } from "../support/transcripts/toldSessions.ts";
import { openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

const samples = fileURLToPath(new URL("../support/samples/transcripts/", import.meta.url));

test("the list over the samples: every session with its title, place, counts, branch, parent and state", async () => {
  const roots = readdirSync(samples).map((situation) => samples + situation);
  const { index, store, warnings, close } = await openIndexUnderTest({ roots });
  await index.scan();
  const found = await Promise.all(roots.map((root) => readTranscripts(root)));
  const transcripts = new Map(found.flatMap((each) => [...each]));
  expect(toldSessions({ rows: store.allSessions(), transcripts, atHome: (text) => text })).toEqual(expectedSessions);
  expect(warnings).toEqual([]);
  await close();
});
