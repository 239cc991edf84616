import { projectOf } from "../../../shared/state/projectOf.ts";
import { type ErrorCode, RequestError } from "../../../shared/contract/errors.ts";
import type { RequestParams, RequestResult } from "../../../shared/contract/requests.ts";
import type { SearchHit } from "../../../shared/model/search.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { SearchError, type SearchErrorCode } from "../transcripts/search/searchError.ts";
import type { FoundMessage } from "../transcripts/search/workerMessages.ts";
import type { TranscriptSearch } from "../transcripts/search/transcriptSearch.ts";

/** Nobody waits longer for an answer; the search gives up by itself before that. */
const PATIENCE_MS = 30_000;

const codes: Readonly<Record<SearchErrorCode, ErrorCode>> = {
  off: "search_unavailable",
  busy: "too_many_requests",
  timed_out: "timed_out",
  bad_cursor: "bad_request",
  failed: "search_unavailable",
};

export interface SearchedSessions {
  readonly of: (sessionId: string) => SessionSummary | undefined;
  /** The call that started the sub-agent whose transcript that is; null when no file says it. Never rejects. */
  readonly subagentCall: (sessionId: string, path: string) => Promise<string | null>;
}

/**
 * Answers a client's search; a session's project and state are known here, and not where texts are searched.
 * @throws RequestError `search_unavailable`, `too_many_requests`, `timed_out`, `bad_request`.
 */
export async function searchSessions(
  search: Pick<TranscriptSearch, "query">,
  sessions: SearchedSessions,
  { q, project, from, to, role, tool, state, limit, cursor }: RequestParams<"search.query">,
): Promise<RequestResult<"search.query">> {
  const filter = {
    fromMs: from === undefined ? null : Date.parse(from),
    toMs: to === undefined ? null : Date.parse(to),
    role: role ?? null,
    tool: tool ?? null,
  };
  // Asked for every session that is searched, so only where it matters.
  const isNarrowed = project !== undefined || state !== undefined;
  const accepts = isNarrowed
    ? { accepts: (sessionId: string) => passes(sessions.of(sessionId), { project, state }) }
    : {};
  try {
    const query = { q, filter, ...accepts, limit, cursor: cursor ?? null };
    const { items, nextCursor, partial } = await search.query(query, AbortSignal.timeout(PATIENCE_MS));
    const hits = await Promise.all(items.map((found) => hitOf(found, sessions)));
    return { items: hits.filter((hit) => hit !== null), nextCursor, partial };
  } catch (error) {
    if (error instanceof SearchError) throw new RequestError(codes[error.code], error.message);
    throw error;
  }
}

/** As the list of sessions narrows itself. */
function passes(
  session: SessionSummary | undefined,
  { project, state }: Pick<RequestParams<"search.query">, "project" | "state">,
): boolean {
  if (session === undefined) return false;
  const isInProject = project === undefined || projectOf(session) === project;
  return isInProject && (state === undefined || session.activity.kind === state);
}

/** Null for a session that was forgotten since it was searched. */
async function hitOf(found: FoundMessage, sessions: SearchedSessions): Promise<SearchHit | null> {
  const { sessionId, role, atMs, snippet, seq, path } = found;
  const session = sessions.of(sessionId);
  if (session === undefined) return null;
  const { projectPath, title } = session;
  const at = atMs === null ? null : new Date(atMs).toISOString();
  const subagent = role === "subagent" ? await sessions.subagentCall(sessionId, path) : null;
  return { sessionId, projectPath, title, role, at, snippet, seq, subagent };
}
