import { describe, expect, it } from "vitest";
import { type NewPayload, PayloadTracker } from "../../../../../electron/engine/sessions/payloadTracker.ts";
import type { EventDraft } from "../../../../../shared/model/event.ts";
import type { Payload, ReceiptState } from "../../../../../shared/model/payload.ts";
import { aPayload } from "../../../../support/builders.ts";

function createTracker(leftOver: readonly Payload[] = []) {
  const stored = new Map(leftOver.map((payload) => [payload.payloadId, payload]));
  const told: string[] = [];
  const tracker = new PayloadTracker({
    store: {
      add: (payload) => stored.set(payload.payloadId, payload),
      addReceipt: (payloadId, receipt) => {
        const payload = stored.get(payloadId);
        if (payload === undefined) throw new Error("a receipt before its payload");
        stored.set(payloadId, { ...payload, receipt: receipt.state, receipts: [...payload.receipts, receipt] });
      },
      get: (payloadId) => stored.get(payloadId) ?? null,
      unfinished: () => leftOver,
    },
    emit: (_sessionId, draft: EventDraft) => {
      if (draft.type === "payload.advanced") told.push(draft.data.state);
    },
    now: () => new Date("2026-01-01T00:00:00Z"),
  });
  return { tracker, stored, told };
}

const newPayload = (differences: Partial<NewPayload> = {}): NewPayload => {
  const { receipt: _receipt, receipts: _receipts, ...content } = aPayload();
  return { ...content, ...differences };
};

describe("PayloadTracker", () => {
  it.each<[string, readonly ReceiptState[], readonly ReceiptState[]]>([
    ["step by step", ["written", "queued", "delivered", "answered"], ["written", "queued", "delivered", "answered"]],
    ["without steps back or twice", ["queued", "written", "queued", "delivered"], ["queued", "delivered"]],
    ["not past a final state", ["failed", "answered", "cancelled"], ["failed"]],
    ["from delivered to cancelled when its turn is cut short", ["delivered", "cancelled"], ["delivered", "cancelled"]],
  ])("moves a receipt forward %s", (_name, reported, told) => {
    const { tracker, told: heard } = createTracker();
    const { payload } = tracker.accept(newPayload());
    for (const state of reported) tracker.advance(payload.payloadId, state);
    expect(heard).toEqual(told);
    expect(tracker.get(payload.payloadId)?.receipts.map(({ state }) => state)).toEqual(["accepted", ...told]);
  });

  it("takes a silent payload no further than delivered", () => {
    const { tracker, told } = createTracker();
    const { payload } = tracker.accept(newPayload({ delivery: "silent" }));
    for (const state of ["delivered", "answered"] as const) tracker.advance(payload.payloadId, state);
    tracker.failSession("session-1", "gone");
    expect(told).toEqual(["delivered"]);
  });

  it("accepts the same id once and refuses it for another payload", () => {
    const { tracker, stored } = createTracker();
    expect(tracker.accept(newPayload()).isNew).toBe(true);
    expect(tracker.accept(newPayload()).isNew).toBe(false);
    expect(() => tracker.accept(newPayload({ text: "another" }))).toThrow(
      expect.objectContaining({ code: "bad_request" }),
    );
    expect(stored.size).toBe(1);
  });

  it("fails what a session leaves behind, and only that session's", () => {
    const { tracker } = createTracker();
    tracker.accept(newPayload({ payloadId: "mine" }));
    tracker.accept(newPayload({ payloadId: "other", sessionId: "session-2" }));
    tracker.failSession("session-1", "It broke.");
    expect([tracker.get("mine")?.receipts.at(-1)?.reason, tracker.get("other")?.receipt]).toEqual([
      "It broke.",
      "accepted",
    ]);
  });

  it("fails what an earlier run left behind", () => {
    const { tracker, stored } = createTracker([aPayload({ receipt: "queued" })]);
    tracker.failLeftOver();
    expect(stored.get("payload-1")?.receipt).toBe("failed");
  });
});
