/** Reads of a transcript record only what tells what the session is doing. Pure. Shapes as of 2.1.329 (measured). */
import { isJsonObject } from "../../../shared/model/json.ts";
import type { JsonObject } from "../../../shared/model/json.ts";

export interface ToolUse {
  readonly toolUseId: string;
  readonly name: string;
  readonly input: JsonObject;
}

/** What one record means for the session's activity. */
export type RecordMeaning =
  /** One block of an assistant message; a message is spread over several records with one `messageId`. */
  | {
      readonly kind: "assistant";
      readonly messageId: string | null;
      readonly text: string;
      readonly toolUses: readonly ToolUse[];
      /** Null while the model still writes, and in records of older versions. */
      readonly stopReason: string | null;
      /** The CLI's own words on a failed request. */
      readonly isError: boolean;
    }
  /** What the model answers next: a person's words, a notification, a command that asks the model. */
  | { readonly kind: "prompt" }
  | { readonly kind: "tool_results"; readonly toolUseIds: readonly string[] }
  /** A person stopped the turn. */
  | { readonly kind: "interrupted" }
  /** A command of the terminal's own ran, and no turn comes of it. */
  | { readonly kind: "local_command" }
  | { readonly kind: "compacted"; readonly goesOn: boolean }
  /** Bookkeeping, sub-agents, and what is not known. */
  | { readonly kind: "nothing" };

const NOTHING: RecordMeaning = { kind: "nothing" };

/** How the CLI writes an interrupted turn down, with and without `for tool use`. */
const INTERRUPTED = "[Request interrupted by user";

/** What the CLI has the model say where a conversation needs an answer that nobody asked for, as after a killed process. */
const NO_RESPONSE = "No response requested.";

/** How the CLI writes down that a hook kept the turn from ending: the model goes on. It is marked as meta. */
const STOP_HOOK = "Stop hook feedback:";

/** How the CLI writes down what a command of its own printed: as a user's words, or in a record of its own. */
const LOCAL_OUTPUT = /^<local-command-(?:stdout|stderr)>/u;

export function meaningOf(record: JsonObject): RecordMeaning {
  if (record["isSidechain"] === true) return NOTHING;
  if (record["type"] === "assistant") return assistant(record);
  if (record["type"] === "user") return user(record);
  return record["type"] === "system" ? system(record) : NOTHING;
}

/** What may name a file: nothing that leads anywhere else. */
const SLUG = /^[\w-]+$/u;

/**
 * The file with the session's plan, as a record names it: plan mode's own words the path, each record of a session with a
 * plan its name.
 */
export function planFileNamed({ attachment, slug, isSidechain }: JsonObject): string | null {
  if (isSidechain === true) return null;
  const path = isJsonObject(attachment) ? attachment["planFilePath"] : null;
  if (typeof path === "string") return path;
  return typeof slug === "string" && SLUG.test(slug) ? `${slug}.md` : null;
}

function system(record: JsonObject): RecordMeaning {
  if (record["subtype"] === "compact_boundary") return compacted(record);
  return record["subtype"] === "local_command" ? { kind: "local_command" } : NOTHING;
}

function assistant({ message, isApiErrorMessage }: JsonObject): RecordMeaning {
  if (!isJsonObject(message)) return NOTHING;
  const blocks = blocksOf(message);
  const text = textOf(blocks);
  if (message["model"] === "<synthetic>" && text === NO_RESPONSE) return NOTHING;
  const toolUses = blocks.flatMap(({ type, id, name, input }) =>
    type === "tool_use" && typeof name === "string"
      ? [{ toolUseId: typeof id === "string" ? id : name, name, input: isJsonObject(input) ? input : {} }]
      : [],
  );
  return {
    kind: "assistant",
    messageId: typeof message["id"] === "string" ? message["id"] : null,
    text,
    toolUses,
    stopReason: typeof message["stop_reason"] === "string" ? message["stop_reason"] : null,
    isError: isApiErrorMessage === true,
  };
}

function user(record: JsonObject): RecordMeaning {
  const { message } = record;
  if (!isJsonObject(message)) return NOTHING;
  const blocks = blocksOf(message);
  const text = textOf(blocks);
  // What is meta was written by the CLI, not said.
  if (record["isMeta"] === true) return text.startsWith(STOP_HOOK) ? { kind: "prompt" } : NOTHING;
  // The summary of a compaction is told by the boundary before it; words without a turn wait for the next prompt.
  if (record["isCompactSummary"] === true || record["queueTranscriptOnly"] === true) return NOTHING;
  if (text.startsWith(INTERRUPTED)) return { kind: "interrupted" };
  if (LOCAL_OUTPUT.test(text)) return { kind: "local_command" };
  const toolUseIds = blocks.flatMap(({ type, tool_use_id: id }) =>
    type === "tool_result" && typeof id === "string" ? [id] : [],
  );
  if (toolUseIds.length > 0) return { kind: "tool_results", toolUseIds };
  return { kind: "prompt" };
}

/** After a compaction by hand nothing follows; one that the CLI made for want of room is in the middle of a turn. */
function compacted({ compactMetadata }: JsonObject): RecordMeaning {
  return { kind: "compacted", goesOn: isJsonObject(compactMetadata) && compactMetadata["trigger"] === "auto" };
}

/** A message's content is a list of blocks or a bare string. */
function blocksOf({ content }: JsonObject): readonly JsonObject[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  return Array.isArray(content) ? content.filter(isJsonObject) : [];
}

function textOf(blocks: readonly JsonObject[]): string {
  return blocks
    .flatMap(({ type, text }) => (type === "text" && typeof text === "string" ? [text] : []))
    .join("\n")
    .trim();
}
