import type { JsonObject } from "../../../shared/model/json.ts";

/** One block of a message's content; a plain string content is one `text` block. */
export type ContentBlock =
  | { readonly type: "text"; readonly text: string }
  /** `text` is empty where the model's thinking is redacted. */
  | { readonly type: "thinking"; readonly text: string }
  /** Also tools that the API runs itself (`server_tool_use`). */
  | { readonly type: "tool_use"; readonly id: string; readonly name: string; readonly input: JsonObject }
  | {
      readonly type: "tool_result";
      readonly toolUseId: string;
      readonly isError: boolean;
      readonly content: readonly ContentBlock[];
    }
  /** `mediaType` is null where the block refers to a URL or a file. The data itself is not kept. */
  | { readonly type: "media"; readonly media: "image" | "document"; readonly mediaType: string | null }
  /** A block of a type that this version does not know. */
  | { readonly type: "other"; readonly blockType: string; readonly raw: JsonObject };
