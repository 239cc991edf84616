/**
 * Owns: what a person does to a session, and which of it is on its way.
 * Knows nothing about: the effect; it arrives as events.
 * Invariants: none of the actions rejects; each failure is told as a notice with the host's own words, but for
 * refusals to take a session over: those stay beside the session, because they say what to do first.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type ErrorCode, type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { RequestInput } from "../../shared/contract/requests.ts";
import { type PermissionMode, permissionModeSchema, type SessionSummary } from "../../shared/model/session.ts";
import type { Notify, Request } from "./request.ts";
import { without } from "./without.ts";

/** What is being done, for a button to say so. */
export type SessionAction = "interrupt" | "close" | "setModel" | "setMode" | "rename" | "resume" | "fork";

/** Why a session could not be resumed or forked. */
export interface Refusal {
  readonly action: "resume" | "fork";
  readonly failure: Failure;
}

/** Refusals that hold until the person has changed something. */
const lastingRefusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "session_open_elsewhere",
  "directory_unusable",
  "transcript_missing",
  "budget_reached",
]);

export type StartResult =
  | { readonly ok: true; readonly session: SessionSummary }
  | { readonly ok: false; readonly failure: Failure };

export interface SessionActionsState {
  /** The action on its way, by session id. */
  readonly busy: Readonly<Record<string, SessionAction>>;
  /** The refusal that holds, by session id. */
  readonly refused: Readonly<Record<string, Refusal>>;
  readonly interrupt: (sessionId: string) => Promise<void>;
  readonly close: (sessionId: string) => Promise<void>;
  readonly setModel: (sessionId: string, model: string) => Promise<void>;
  readonly setMode: (sessionId: string, mode: PermissionMode) => Promise<void>;
  readonly rename: (sessionId: string, title: string) => Promise<void>;
  /** An empty one takes the label away. */
  readonly label: (sessionId: string, label: string) => Promise<void>;
  /** Starts a process for a session that has none, in a directory it was in and the permission mode it had. */
  readonly resume: (session: SessionSummary) => Promise<void>;
  /** Continues a session in a copy with an id of its own, in a directory it was in and the permission mode it has. */
  readonly fork: (session: SessionSummary) => Promise<void>;
  /** Puts a refusal away. */
  readonly dismissRefusal: (sessionId: string) => void;
  /** Starts a session. The caller shows the failure, since it belongs beside the form. */
  readonly start: (params: RequestInput<"sessions.start">) => Promise<StartResult>;
}

export type SessionActionsStore = StoreApi<SessionActionsState>;

/** Creates the actions over a connection. `onStarted` hears of each session that was started or resumed. */
export function createSessionActions(options: {
  readonly request: Request;
  readonly notify: Notify;
  readonly onStarted: (session: SessionSummary) => void;
}): SessionActionsStore {
  const { request, notify, onStarted } = options;
  return createStore<SessionActionsState>()((set, get) => {
    async function run(sessionId: string, action: SessionAction, work: () => Promise<void>): Promise<void> {
      if (get().busy[sessionId] !== undefined) return;
      set(({ busy }) => ({ busy: { ...busy, [sessionId]: action } }));
      try {
        await work();
      } catch (thrown) {
        const failure = toFailure(thrown);
        notify({ tone: "failure", title: failureTitle[action], text: failure.message });
      }
      set(({ busy }) => ({ busy: without(busy, sessionId) }));
    }

    async function takeOver(session: SessionSummary, action: Refusal["action"]): Promise<void> {
      const { sessionId } = session;
      get().dismissRefusal(sessionId);
      await run(sessionId, action, async () => {
        try {
          onStarted(await request("sessions.start", takeOverParams(session, action)));
        } catch (thrown) {
          const failure = toFailure(thrown);
          if (!lastingRefusals.has(failure.code)) throw thrown;
          set(({ refused }) => ({ refused: { ...refused, [sessionId]: { action, failure } } }));
        }
      });
    }

    return {
      busy: {},
      refused: {},
      interrupt: (sessionId) =>
        run(sessionId, "interrupt", async () => {
          const { interrupted } = await request("sessions.interrupt", { sessionId });
          if (!interrupted) notify({ tone: "info", title: "No turn was running", text: null });
        }),
      close: (sessionId) =>
        run(sessionId, "close", async () => {
          await request("sessions.close", { sessionId });
        }),
      setModel: (sessionId, model) =>
        run(sessionId, "setModel", async () => {
          await request("sessions.setModel", { sessionId, model });
        }),
      setMode: (sessionId, mode) =>
        run(sessionId, "setMode", async () => {
          await request("sessions.setMode", { sessionId, mode });
        }),
      rename: (sessionId, title) =>
        run(sessionId, "rename", async () => {
          await request("sessions.rename", { sessionId, title });
        }),
      // Nothing else that is on its way stands against it.
      label: async (sessionId, label) => {
        try {
          await request("sessions.label", { sessionId, label });
        } catch (thrown) {
          notify({ tone: "failure", title: "The session was not labelled", text: toFailure(thrown).message });
        }
      },
      resume: (session) => takeOver(session, "resume"),
      fork: (session) => takeOver(session, "fork"),
      dismissRefusal: (sessionId) => set(({ refused }) => ({ refused: without(refused, sessionId) })),
      start: async (params) => {
        try {
          const session = await request("sessions.start", params);
          onStarted(session);
          return { ok: true, session };
        } catch (thrown) {
          return { ok: false, failure: toFailure(thrown) };
        }
      },
    };
  });
}

function takeOverParams(session: SessionSummary, action: Refusal["action"]): RequestInput<"sessions.start"> {
  const mode = permissionModeSchema.safeParse(session.permissionMode);
  return {
    // The host knows which of the directories it was in are still there.
    resume: session.sessionId,
    ...(action === "fork" ? { fork: true } : {}),
    ...(mode.success ? { permissionMode: mode.data } : {}),
  };
}

const failureTitle: Readonly<Record<SessionAction, string>> = {
  interrupt: "The turn was not interrupted",
  close: "The session was not closed",
  setModel: "The model was not changed",
  setMode: "The permission mode was not changed",
  rename: "The session was not renamed",
  resume: "The session was not resumed",
  fork: "The session was not forked",
};
