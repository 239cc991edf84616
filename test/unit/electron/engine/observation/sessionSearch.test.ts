import { expect, test } from "vitest";
import { searchSessions } from "../../../../../electron/engine/observation/sessionSearch.ts";
import type {
  TranscriptSearch,
  TranscriptSearchQuery,
} from "../../../../../electron/engine/transcripts/search/transcriptSearch.ts";
import type { FoundMessage } from "../../../../../electron/engine/transcripts/search/workerMessages.ts";
import type { RequestParams } from "../../../../../shared/contract/requests.ts";
import { aSession } from "../../../../support/builders.ts";

const sessions = [
  aSession({ sessionId: "worktree", projectPath: "/repo", activity: { kind: "working" } }),
  aSession({ sessionId: "idle", projectPath: "/repo", activity: { kind: "idle", text: null } }),
  aSession({ sessionId: "other", projectPath: "/other", activity: { kind: "working" } }),
];

function hit(sessionId: string, role: FoundMessage["role"]): FoundMessage {
  return { sessionId, role, path: `/p/${sessionId}.jsonl`, atMs: 0, seq: -1, snippet: [] };
}

/** A search that holds one message of each session, and one of a session that nobody knows. */
async function ask(params: Partial<RequestParams<"search.query">>) {
  const all = [hit("worktree", "subagent"), hit("idle", "user"), hit("other", "assistant"), hit("forgotten", "user")];
  const search: Pick<TranscriptSearch, "query"> = {
    query: async ({ accepts = () => true }: TranscriptSearchQuery) => ({
      items: all.filter(({ sessionId }) => accepts(sessionId)),
      nextCursor: null,
      partial: false,
    }),
  };
  const { items } = await searchSessions(
    search,
    {
      of: (sessionId) => sessions.find((session) => session.sessionId === sessionId),
      subagentCall: async (sessionId, path) => `call of ${sessionId} ${path}`,
    },
    { q: "x", limit: 10, ...params },
  );
  return items.map(({ sessionId, subagent }) => [sessionId, subagent]);
}

const worktree = ["worktree", "call of worktree /p/worktree.jsonl"];
test.each<{ params: Partial<RequestParams<"search.query">>; found: unknown }>([
  { params: {}, found: [worktree, ["idle", null], ["other", null]] },
  { params: { project: "/repo" }, found: [worktree, ["idle", null]] },
  { params: { project: "/repo/.worktrees/a" }, found: [] },
  { params: { state: "idle", project: "/repo" }, found: [["idle", null]] },
])("$params is asked among the sessions of the list, and leads into sub-agents", async ({ params, found }) => {
  expect(await ask(params)).toEqual(found);
});
