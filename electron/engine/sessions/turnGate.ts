import type { Delivery, PayloadKind } from "../../../shared/model/payload.ts";

/** Who may begin a turn in a session. What it lets through is accepted; it decides by what it knows already. */
export interface TurnGate {
  /** @throws RequestError `budget_reached` for a payload that must not begin or prolong a turn. */
  readonly checkPayload: (
    sessionId: string,
    payload: { readonly kind: PayloadKind; readonly delivery: Delivery; readonly isTurnRunning: boolean },
  ) => void;
  /** Rejects with RequestError `budget_reached` when the session must not be started, or not with a prompt. */
  readonly checkStart: (start: {
    readonly sessionId: string;
    readonly projectPath: string;
    readonly hasPrompt: boolean;
  }) => Promise<void>;
}
