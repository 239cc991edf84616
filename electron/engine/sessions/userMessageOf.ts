import type { Delivery, Payload } from "../../../shared/model/payload.ts";
import type { UserInput } from "../claude/encodeMessage.ts";

/**
 * The CLI's word for each delivery (measured on 2.1.329); `silent` is told by `shouldQuery` instead. `now` is queued
 * like `next` and followed by an interrupt that delivers it: the CLI's own `now` waits for a running tool to end.
 */
const priorityOf: Readonly<Record<Delivery, "next" | "later">> = {
  now: "next",
  next: "next",
  later: "later",
  silent: "next",
};

/**
 * The line that delivers a payload. Everything but a `message` is marked as composed by a program, so that no slash
 * command and no `@file` inside it is acted on.
 */
export function userMessageOf(payload: Pick<Payload, "payloadId" | "delivery" | "kind">, text: string): UserInput {
  return {
    uuid: payload.payloadId,
    text,
    priority: priorityOf[payload.delivery],
    shouldQuery: payload.delivery !== "silent",
    clientComposed: payload.kind !== "message",
  };
}
