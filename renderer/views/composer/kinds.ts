import type { Delivery, PayloadKind } from "../../../shared/model/payload.ts";

/** What each kind is called and what it is for. */
export const kindWords: Readonly<Record<PayloadKind, { readonly label: string; readonly title: string }>> = {
  message: { label: "Message", title: "Plain text, as if typed in the terminal" },
  context: { label: "Context", title: "Background information; no reply is asked for" },
  warning: { label: "Warning", title: "To take into account before the next step" },
  block: { label: "Block", title: "Stop until this is resolved" },
  progress: { label: "Progress", title: "How far work is that this session depends on" },
  completion: { label: "Completion", title: "Work that this session depends on is complete" },
};

/** What each delivery is called. */
export const deliveryWords: Readonly<Record<Delivery, string>> = {
  now: "Now",
  next: "Next",
  later: "Later",
  silent: "Silent",
};
