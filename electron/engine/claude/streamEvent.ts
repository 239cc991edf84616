import type { MessageUsage } from "./messageUsage.ts";

/** A raw API streaming event, reduced to what a live view needs. */
export type StreamEvent =
  | {
      readonly type: "message_start";
      readonly messageId: string;
      readonly model: string | null;
      readonly usage: MessageUsage | null;
    }
  | {
      readonly type: "content_block_start";
      readonly index: number;
      /** `text`, `thinking`, `tool_use`, …; an open list. */
      readonly blockType: string;
      readonly toolUseId: string | null;
      readonly toolName: string | null;
    }
  | {
      readonly type: "content_block_delta";
      readonly index: number;
      readonly block: "text" | "thinking" | "toolInput";
      /** The added text; for `toolInput` a piece of JSON. */
      readonly text: string;
    }
  | { readonly type: "content_block_stop"; readonly index: number }
  /** Carries the final output token count. */
  | { readonly type: "message_delta"; readonly stopReason: string | null; readonly usage: MessageUsage | null }
  | { readonly type: "message_stop" }
  /** Signatures, citations, pings and what is yet to come. */
  | { readonly type: "other"; readonly eventType: string };
