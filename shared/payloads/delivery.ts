import type { Delivery, PayloadKind } from "../model/payload.ts";

/** The delivery that fits each kind when the sender does not choose one. */
export const defaultDelivery: Readonly<Record<PayloadKind, Delivery>> = {
  message: "next",
  context: "silent",
  warning: "next",
  block: "now",
  progress: "silent",
  completion: "next",
};

/** One line for each delivery that says what it will do. */
export const deliveryExplanation: Readonly<Record<Delivery, string>> = {
  now: "Cuts the running turn short and starts a new one with this at once.",
  next: "Joins the running tool call, or follows right after what is being written.",
  later: "Waits until the running turn has ended, then starts a turn of its own.",
  silent: "Joins the conversation without starting a turn; the model reads it with whatever comes next.",
};
