import { expect, test } from "vitest";
import { nothingListed } from "../../../../renderer/views/sessions/nothingListed.ts";
import { aHost } from "../../../support/builders.ts";

const { index } = aHost();
const base = { filter: "all", query: "", loaded: true, isOpen: true, index: { ...index, state: "ready" } } as const;

test.each([
  ["the host is not there yet", { loaded: false, isOpen: false }, "Waiting for the host…", "none"],
  ["the host is about to tell", { loaded: false }, "Loading the sessions…", "none"],
  ["nothing matches", { query: "x" }, "No session matches", "clear"],
  ["no live one matches", { query: "x", filter: "live" }, "No session matches", "showAll"],
  ["nothing runs", { filter: "live" }, "No session is running", "start"],
  ["nothing needs anybody", { filter: "needsYou" }, "Nothing needs you", "showAll"],
  ["nothing was started here", { filter: "owned" }, "No session was started here", "start"],
  ["there is nothing at all", {}, "No sessions yet", "start"],
  ["reading goes on", { index: { ...index, state: "scanning" } }, "Reading the transcripts…", "start"],
  ["nothing was read", { index }, "The transcripts have not been read", "scan"],
] as const)("when %s", (_name, change, title, action) => {
  const words = nothingListed({ ...base, ...change });
  expect([words.title, words.action]).toEqual([title, action]);
});

test("what keeps the host from reading is said in its own words", () => {
  expect(nothingListed({ ...base, index: { ...index, problem: "The disk is full: free some space." } }).text).toBe(
    "The disk is full: free some space.",
  );
});
