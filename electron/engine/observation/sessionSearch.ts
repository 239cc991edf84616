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

/**
 * Answers a client's search; a session's state is known here, and not where texts are searched.
 * @throws RequestError `search_unavailable`, `too_many_requests`, `timed_out`, `bad_request`.
 */
export async function searchSessions(
  search: TranscriptSearch,
  sessionOf: (sessionId: string) => SessionSummary | undefined,
  { q, project, from, to, role, tool, state, limit, cursor }: RequestParams<"search.query">,
): Promise<RequestResult<"search.query">> {
  const filter = {
    projectPath: project ?? null,
    fromMs: from === undefined ? null : Date.parse(from),
    toMs: to === undefined ? null : Date.parse(to),
    role: role ?? null,
    tool: tool ?? null,
  };
  // Asked for every session that is searched, so only where it matters.
  const accepts =
    state === undefined ? {} : { accepts: (sessionId: string) => sessionOf(sessionId)?.activity.kind === state };
  try {
    const query = { q, filter, ...accepts, limit, cursor: cursor ?? null };
    const { items, nextCursor, partial } = await search.query(query, AbortSignal.timeout(PATIENCE_MS));
    return { items: items.flatMap((found) => hitOf(found, sessionOf(found.sessionId))), nextCursor, partial };
  } catch (error) {
    if (error instanceof SearchError) throw new RequestError(codes[error.code], error.message);
    throw error;
  }
}

/** None for a session that was forgotten since it was searched. */
function hitOf(
  { sessionId, role, atMs, snippet, seq }: FoundMessage,
  session: SessionSummary | undefined,
): readonly SearchHit[] {
  if (session === undefined) return [];
  const { projectPath, title } = session;
  return [
    { sessionId, projectPath, title, role, at: atMs === null ? null : new Date(atMs).toISOString(), snippet, seq },
  ];
}
