import { RequestError } from "../../../shared/contract/errors.ts";
import type { RequestParams, RequestResult } from "../../../shared/contract/requests.ts";
import { isJsonObject, type JsonObject } from "../../../shared/model/json.ts";
import type { RequestHandlers } from "../engine.ts";
import { listDirectories } from "../sessions/listDirectories.ts";
import type { OwnedSessions } from "../sessions/ownedSessions.ts";
import type { PayloadDispatch } from "../sessions/payloadDispatch.ts";
import type { SessionDirectory } from "../sessions/sessionDirectory.ts";
import type { EventJournal } from "../storage/eventJournal.ts";
import { pageOf } from "./page.ts";

/** What the session requests work on. */
export interface SessionParts {
  readonly directory: SessionDirectory;
  readonly owned: OwnedSessions;
  readonly journal: EventJournal;
  readonly dispatch: PayloadDispatch;
}

type SessionRequests = Extract<keyof RequestHandlers, `sessions.${string}` | "projects.list" | "directories.list">;

export function sessionHandlers({
  directory,
  owned,
  journal,
  dispatch,
}: SessionParts): Pick<RequestHandlers, SessionRequests> {
  return {
    "projects.list": async (params) => pageOf(directory.projects(), params),
    "directories.list": async ({ path }) => listDirectories(path),
    "sessions.list": async ({ limit, cursor, ...filter }) => pageOf(directory.list(filter), { limit, cursor }),
    "sessions.get": async ({ sessionId }) => directory.require(sessionId),
    "sessions.start": async (params, context) => {
      const prompt = params.prompt ?? "";
      return owned.start(params, prompt.trim() === "" ? null : dispatch.firstMessage(prompt, context));
    },
    "sessions.events": async (params) => {
      directory.require(params.sessionId);
      return eventPage(journal, params);
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
    "sessions.close": async ({ sessionId }) => {
      await owned.require(sessionId).close();
      return directory.require(sessionId);
    },
  };
}

function eventPage(journal: EventJournal, params: RequestParams<"sessions.events">): RequestResult<"sessions.events"> {
  const { sessionId, after, before, limit } = params;
  if (after === undefined) {
    return { ...journal.newest(sessionId, limit, before), nextCursor: null };
  }
  if (before !== undefined) throw new RequestError("bad_request", "Give `after` or `before`, not both.");
  const items = journal.after(sessionId, after, limit);
  const last = items.at(-1);
  const nextCursor = items.length === limit && last !== undefined ? String(last.seq) : null;
  return { items, hasOlder: after > 0, nextCursor };
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
