import { expect, test } from "vitest";
import type { ConnectionState } from "../../../../renderer/client/client.ts";
import { connectionWords } from "../../../../renderer/views/connectionWords.ts";

function state(change: Partial<ConnectionState>): ConnectionState {
  return { status: "open", attempt: 0, failure: null, scopes: [], hostVersion: null, ...change };
}

test.each<readonly [string, Partial<ConnectionState>, readonly [string, RegExp, boolean] | null]>([
  ["open", {}, null],
  ["connecting for the first time", { status: "connecting" }, null],
  ["connecting again", { status: "connecting", attempt: 2 }, ["warn", /does not answer/, false]],
  ["lost", { status: "reconnecting", attempt: 1 }, ["warn", /is lost/, false]],
  [
    "without a token",
    { status: "refused", failure: { code: "unauthorized", message: "x" } },
    ["danger", /address with the token/, false],
  ],
  [
    "of another version",
    { status: "refused", failure: { code: "contract_mismatch", message: "x" } },
    ["danger", /Load the page again/, true],
  ],
  [
    "refused for another reason",
    { status: "refused", failure: { code: "shutting_down", message: "The host is ending." } },
    ["danger", /The host is ending/, true],
  ],
])("a connection that is %s", (_name, change, expected) => {
  const words = connectionWords(state(change));
  if (expected === null || words === null) {
    expect(words).toBe(expected);
    return;
  }
  const [tone, text, offerReload] = expected;
  expect({ ...words, text: text.test(`${words.title} ${words.text}`) }).toEqual({
    tone,
    title: words.title,
    text: true,
    offerReload,
  });
});
