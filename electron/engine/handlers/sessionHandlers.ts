import type { RequestParams, RequestResult } from "../../../shared/contract/requests.ts";
import { isJsonObject, type JsonObject } from "../../../shared/model/json.ts";
import type { RequestHandlers } from "../engine.ts";
import { listDirectories } from "../sessions/listDirectories.ts";
import type { SessionHistory } from "../observation/sessionHistory.ts";
import type { TranscriptTails } from "../observation/transcriptTails.ts";
import type { OwnedSessions } from "../sessions/ownedSessions.ts";
import type { PayloadDispatch } from "../sessions/payloadDispatch.ts";
import type { SessionDirectory } from "../sessions/sessionDirectory.ts";
import type { SessionLabels } from "../sessions/sessionLabels.ts";
import { exportPart } from "../transcripts/export/exportPart.ts";
import { pageOf } from "./page.ts";

/** What the session requests work on. */
export interface SessionParts {
  readonly directory: SessionDirectory;
  readonly labels: SessionLabels;
  readonly owned: OwnedSessions;
  readonly history: SessionHistory;
  readonly dispatch: PayloadDispatch;
  readonly tails: Pick<TranscriptTails, "whileStarting">;
}

type SessionRequests = Extract<keyof RequestHandlers, `sessions.${string}` | "projects.list" | "directories.list">;

export function sessionHandlers({
  directory,
  labels,
  owned,
  history,
  dispatch,
  tails,
}: SessionParts): Pick<RequestHandlers, SessionRequests> {
  return {
    "projects.list": async (params) => pageOf(directory.projects(), params),
    "directories.list": async ({ path }) => listDirectories(path),
    "sessions.list": async ({ limit, cursor, ...filter }) => pageOf(directory.list(filter), { limit, cursor }),
    "sessions.get": async ({ sessionId }) => directory.require(sessionId),
    "sessions.start": async (params, context) => {
      const prompt = params.prompt ?? "";
      const start = () => owned.start(params, prompt.trim() === "" ? null : dispatch.firstMessage(prompt, context));
      const { resume, fork } = params;
      return resume === undefined || fork === true ? start() : tails.whileStarting(resume, start);
    },
    "sessions.events": async (params) => {
      directory.require(params.sessionId);
      return eventPage(history, params);
    },
    "sessions.call": async ({ sessionId, toolUseId }) => {
      directory.require(sessionId);
      return { seq: await history.call(sessionId, toolUseId) };
    },
    "sessions.seek": async (params) => {
      directory.require(params.sessionId);
      return { seq: await history.seek(params) };
    },
    "sessions.export": async ({ sessionId, format, cursor }) => {
      const { title } = directory.require(sessionId);
      const path = history.requireTranscript(sessionId);
      return exportPart({ path, sessionId, title, format, cursor: cursor ?? null });
    },
    "sessions.context": async ({ sessionId }) => contextUsage(await owned.require(sessionId).ask("get_context_usage")),
    "sessions.interrupt": async ({ sessionId }) => owned.require(sessionId).interrupt(),
    "sessions.setMode": async ({ sessionId, mode }) => {
      await owned.require(sessionId).setMode(mode);
      return directory.require(sessionId);
    },
    "sessions.setModel": async ({ sessionId, model }) => {
      await owned.require(sessionId).setModel(model);
      return directory.require(sessionId);
    },
    "sessions.rename": async ({ sessionId, title }) => {
      await owned.require(sessionId).rename(title);
      return directory.require(sessionId);
    },
    "sessions.label": async ({ sessionId, label }) => {
      directory.require(sessionId);
      labels.set(sessionId, label === "" ? null : label);
      return directory.require(sessionId);
    },
    "sessions.close": async ({ sessionId }) => {
      await owned.require(sessionId).close();
      return directory.require(sessionId);
    },
  };
}

async function eventPage(
  history: SessionHistory,
  params: RequestParams<"sessions.events">,
): Promise<RequestResult<"sessions.events">> {
  const { items, hasOlder, hasNewer } = await history.page(params);
  const last = items.at(-1);
  const goesOn = params.after !== undefined && hasNewer && last !== undefined;
  return { items, hasOlder, hasNewer, nextCursor: goesOn ? String(last.seq) : null };
}

/** Reads a `get_context_usage` answer (measured on 2.1.329: `categories`, `totalTokens`, `maxTokens`). */
function contextUsage(answer: JsonObject): RequestResult<"sessions.context"> {
  const { categories, totalTokens, maxTokens } = answer;
  const listed = Array.isArray(categories) ? categories.filter(isJsonObject) : [];
  return {
    usedTokens: typeof totalTokens === "number" ? Math.round(totalTokens) : 0,
    windowTokens: typeof maxTokens === "number" && maxTokens > 0 ? Math.round(maxTokens) : null,
    categories: listed.flatMap(({ name, tokens }) =>
      typeof name === "string" && typeof tokens === "number" ? [{ name, tokens: Math.round(tokens) }] : [],
    ),
  };
}
