import type { EventData, EventDraft } from "../../../../shared/model/event.ts";
import type { JsonObject } from "../../../../shared/model/json.ts";
import type { ContentBlock } from "../../claude/contentBlock.ts";
import type { UserMessage } from "../../claude/claudeMessage.ts";
import { parseUser } from "../../claude/parseConversation.ts";
import { readFlag, readNumber, readObject, readString } from "../../claude/readField.ts";
import { mapUser } from "../../sessions/mapping/mapUser.ts";
import { initialMappingState } from "../../sessions/mapping/mappingState.ts";
import { interruptedTurn } from "./endOfTurn.ts";
import { recogniseUserText } from "./userText.ts";

type Origin = EventData<"user.textAdded">["origin"];

/** Origins that are the CLI's own doing, in its words (2.1.329). */
const CLI_ORIGINS: ReadonlySet<string> = new Set(["task-notification", "auto-continuation"]);

/**
 * Maps a user record: results of tools, what a person said, or what the CLI wrote in a person's name. Null when its shape is
 * not the known one.
 */
export function mapUserRecord(record: JsonObject, parentToolUseId: string | null): readonly EventDraft[] | null {
  const parsed = parseUser(record);
  if (parsed === null) return null;
  const message: UserMessage = { ...parsed, parentToolUseId, isReplay: true };
  const results = [...finishedTools(message), ...pullRequest(record)];
  const texts = saidIn(message).map(recogniseUserText);
  const interruption = texts.find((text) => text.kind === "interrupted");
  if (interruption !== undefined) {
    return parentToolUseId === null ? [...results, interruptedTurn(interruption.inTool)] : results;
  }
  const words = texts.flatMap((text) => (text.kind === "words" ? [text.text] : []));
  const isSaid = words.length > 0;
  const others = texts.flatMap((text) => otherEvents(record, message, text, isSaid));
  const said = isSaid ? [userText(message, words.join("\n"), originOf(record, parentToolUseId))] : [];
  const begun = parentToolUseId === null && startsTurn(record, isSaid) ? opening(record) : [];
  return [...results, ...begun, ...others, ...said];
}

/** The live mapping of tool results, so that both say the same. */
function finishedTools(message: UserMessage): readonly EventDraft[] {
  const content = message.content.filter(({ type }) => type === "tool_result");
  if (content.length === 0) return [];
  return mapUser(initialMappingState(null), { ...message, content }, { isPayload: () => false }).events;
}

/** The pull request that a tool made, as the tool's result tells it (2.1.329). */
function pullRequest(record: JsonObject): readonly EventDraft[] {
  const operation = readObject(readObject(record, "toolUseResult") ?? {}, "gitOperation");
  const made = operation === null ? null : readObject(operation, "pr");
  const url = made === null ? null : readString(made, "url");
  if (made === null || url === null) return [];
  const number = readNumber(made, "number");
  const words = ["Pull request", number === null ? "" : `#${String(number)}`, readString(made, "action") ?? ""];
  const text = `${words.filter((word) => word !== "").join(" ")}: ${url}`;
  return [{ type: "notice.reported", data: { text, level: null } }];
}

/** The texts beside tool results, each as the model was shown it; images and documents are named in brackets. */
function saidIn(message: UserMessage): readonly string[] {
  return message.content.filter(({ type }) => type !== "tool_result").map((block) => shownText(message, block));
}

function shownText(message: UserMessage, block: ContentBlock): string {
  if (block.type === "text") return block.text;
  const [event] = mapUser(
    initialMappingState(null),
    { ...message, content: [block] },
    { isPayload: () => false },
  ).events;
  return event?.type === "user.textAdded" ? event.data.text : "";
}

type Recognised = ReturnType<typeof recogniseUserText>;

function otherEvents(
  record: JsonObject,
  message: UserMessage,
  text: Recognised,
  isBesideWords: boolean,
): readonly EventDraft[] {
  switch (text.kind) {
    case "command":
      return [userText(message, text.text, originOf(record, message.parentToolUseId))];
    case "peer":
      return [userText(message, text.text, "peer")];
    case "cli":
      // Reminders that the CLI hangs on a person's words are for the model.
      return isBesideWords ? [] : [userText(message, text.text, "cli")];
    case "taskFinished": {
      const { taskId, status, summary } = text;
      return [{ type: "task.finished", data: { taskId, status, summary } }];
    }
    default:
      return [];
  }
}

function userText(message: UserMessage, text: string, origin: Origin): EventDraft {
  const { uuid: messageId, parentToolUseId } = message;
  return { type: "user.textAdded", data: { messageId, text, payloadId: null, origin, parentToolUseId } };
}

/** What was said by a person, by another session, or by the CLI; a sub-agent's prompt is the model's own. */
function originOf(record: JsonObject, parentToolUseId: string | null): Origin {
  if (parentToolUseId !== null || readFlag(record, "isMeta") || readFlag(record, "isCompactSummary")) return "cli";
  return originOfKind(readObject(record, "origin"));
}

/** `origin` as user records and queued commands carry it. */
export function originOfKind(origin: JsonObject | null): Origin {
  const kind = origin === null ? null : readString(origin, "kind");
  if (kind === null || kind === "human") return "person";
  return CLI_ORIGINS.has(kind) ? "cli" : "peer";
}

/**
 * Whether a turn begins with the record. 2.1.329 says which turn it is; before that, words of a person began one. A
 * compaction's summary has the turn it was made in, and words that only join the conversation (`shouldQuery: false`) none.
 */
function startsTurn(record: JsonObject, isSaid: boolean): boolean {
  if (readFlag(record, "isCompactSummary")) return false;
  if (readObject(record, "turnPosition") !== null) return true;
  return isSaid && !readFlag(record, "isMeta") && !readFlag(record, "queueTranscriptOnly");
}

/** What the CLI writes outside a git working tree, and for a detached head. */
const NO_BRANCH = "HEAD";

/** What a prompt tells of its turn. A record knows nothing of the one before it, so settings are told with each prompt. */
function opening(record: JsonObject): readonly EventDraft[] {
  const permissionMode = readString(record, "permissionMode");
  const gitBranch = readString(record, "gitBranch");
  const events: EventDraft[] = [];
  if (gitBranch !== null && gitBranch !== "" && gitBranch !== NO_BRANCH)
    events.push({ type: "session.branchChanged", data: { gitBranch } });
  if (permissionMode !== null) events.push({ type: "session.modeChanged", data: { permissionMode } });
  const turnId = readString(record, "uuid") ?? "turn";
  return [...events, { type: "turn.started", data: { turnId, payloadId: null } }];
}
