import { expect, test } from "vitest";
import { receiptSteps } from "../../../../renderer/views/composer/receiptSteps.ts";
import type { Payload, ReceiptState } from "../../../../shared/model/payload.ts";
import { samplePayload } from "../stores/samples.ts";

/** Reached states in capitals, the current one in brackets, those ahead in small letters. */
function draw(states: readonly ReceiptState[], change: Partial<Payload> = {}): string {
  return receiptSteps(samplePayload(states, change))
    .map(({ state, receipt, isCurrent }) => {
      const word = receipt === null ? state : state.toUpperCase();
      return isCurrent ? `[${word}]` : word;
    })
    .join(" ");
}

test.each([
  ["just accepted", ["accepted"], {}, "[ACCEPTED] written queued delivered answered"],
  ["queued", ["accepted", "written", "queued"], {}, "ACCEPTED WRITTEN [QUEUED] delivered answered"],
  [
    "a step that was skipped stays small",
    ["accepted", "delivered"],
    {},
    "ACCEPTED written queued [DELIVERED] answered",
  ],
  ["cancelled", ["accepted", "written", "queued", "cancelled"], {}, "ACCEPTED WRITTEN QUEUED [CANCELLED]"],
  ["failed", ["accepted", "failed"], {}, "ACCEPTED [FAILED]"],
  ["silent", ["accepted", "delivered"], { delivery: "silent" }, "ACCEPTED written queued [DELIVERED]"],
  [
    "silent, and answered all the same",
    ["accepted", "delivered", "answered"],
    { delivery: "silent" },
    "ACCEPTED written queued DELIVERED [ANSWERED]",
  ],
] as const)("%s", (_name, states, change, expected) => {
  expect(draw(states, change)).toBe(expected);
});
