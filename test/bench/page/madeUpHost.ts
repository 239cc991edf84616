/** A host inside the page: it answers what the session list asks, and tells events. Knows no engine. */
import type { ConnectionState, FeedListener, SwitchboardClient } from "../../../renderer/client/client.ts";
import type { Request } from "../../../renderer/stores/request.ts";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { SessionEvent } from "../../../shared/model/event.ts";
import type { HostInfo } from "../../../shared/model/host.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { aHost, aSession } from "../../support/builders.ts";

/** As many as the host tells of in its snapshot. */
const SNAPSHOT_SESSIONS = 300;

const open: ConnectionState = { status: "open", attempt: 0, failure: null, scopes: [], hostVersion: "bench" };
const host = aHost();
const hostInfo: HostInfo = { ...host, index: { ...host.index, state: "ready" } };

/** Sessions over some projects, the last active first, a few of them live. */
export function madeUpSessions(order: {
  readonly sessions: number;
  readonly projects: number;
}): readonly SessionSummary[] {
  const now = Date.now();
  return Array.from({ length: order.sessions }, (_, index) => {
    const at = new Date(now - index * 600_000).toISOString();
    const isLive = index < 12;
    return aSession({
      sessionId: `session-${index}`,
      projectPath: `/home/dev/project-${(index * 31) % order.projects}`,
      title: `Session ${index}: move the entries of the ledger to pages`,
      owner: isLive ? (index % 2 === 0 ? "owned" : "observed") : "none",
      live: isLive,
      activity: isLive ? { kind: "working" } : { kind: "idle", text: "Done." },
      gitBranch: `feature/${index % 40}`,
      startedAt: at,
      lastActivityAt: at,
      turnCount: index % 30,
      costUsd: index % 3 === 0 ? index / 1000 : null,
      pid: isLive ? 1000 + index : null,
      routes: [],
    });
  });
}

/** A client over those sessions, and the way to tell events through it. */
export function madeUpHost(sessions: readonly SessionSummary[]): {
  readonly request: Request;
  readonly client: SwitchboardClient;
  readonly tell: (events: readonly SessionEvent[]) => void;
} {
  let listener: FeedListener | null = null;
  // The answers are made by name, which the compiler cannot follow.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const request = ((name: string, params: object) => answer(sessions, name, { ...params })) as unknown as Request;
  const client: SwitchboardClient = {
    request,
    subscribe: (feed, feedListener) => {
      if (feed.kind !== "host") return () => {};
      listener = feedListener;
      const known = sessions.slice(0, SNAPSHOT_SESSIONS);
      const counts = { sessionTotal: sessions.length, permissions: [] };
      feedListener.onSnapshot({ kind: "host", host: hostInfo, sessions: known, ...counts }, 0);
      return () => {};
    },
    connection: { get: () => open, subscribe: () => () => {} },
    dispose: () => {},
  };
  return { request, client, tell: (events) => listener?.onEvents(events) };
}

async function answer(
  sessions: readonly SessionSummary[],
  name: string,
  params: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  if (name === "projects.list") return { items: projectsOf(sessions), nextCursor: null };
  if (name !== "sessions.list") throw new RequestError("not_found", `The bench has no answer to ${name}.`);
  const from = Number(params["cursor"] ?? 0);
  const limit = Number(params["limit"] ?? 100);
  const text = typeof params["q"] === "string" ? params["q"].toLowerCase() : "";
  const listed = sessions.filter(
    ({ projectPath, title }) =>
      (params["project"] === undefined || projectPath === params["project"]) && title.toLowerCase().includes(text),
  );
  const nextCursor = from + limit < listed.length ? String(from + limit) : null;
  return { items: listed.slice(from, from + limit), nextCursor };
}

function projectsOf(sessions: readonly SessionSummary[]) {
  return [...Map.groupBy(sessions, ({ projectPath }) => projectPath)].map(([projectPath, members]) => ({
    projectPath,
    name: projectPath,
    sessionCount: members.length,
    liveCount: 0,
    lastActivityAt: members[0]?.lastActivityAt ?? "",
  }));
}
