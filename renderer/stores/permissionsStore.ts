/**
 * Owns: every permission request that the host told of, pending and settled, and decisions that are on their way.
 * Knows nothing about: how a request is drawn, which one is focused (`uiStore.ts`).
 * Invariants: a request is either pending or settled, never both; a decision in flight is never sent twice.
 *
 * Views reach it with `usePermissions(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "../../shared/contract/errors.ts";
import type { RequestInput } from "../../shared/contract/requests.ts";
import type { EventOf, SessionEvent } from "../../shared/model/event.ts";
import type { Permission } from "../../shared/model/permission.ts";
import type { Notify, Request } from "./request.ts";
import { without } from "./without.ts";

/** Settled requests that are held: a day's worth of history beside the inbox; the host keeps all. */
export const MAX_SETTLED = 200;

/** What a person chose: the parameters of `permissions.decide` but for the id. */
export type DecisionChoice = Omit<RequestInput<"permissions.decide">, "permissionId">;

/** `lost`: it was answered elsewhere, withdrawn or expired before this decision arrived. */
export type DecideResult = "decided" | "lost" | "failed" | "ignored";

export interface PermissionsState {
  /** False until the host's first snapshot. */
  readonly loaded: boolean;
  /** Waiting for a person, oldest first. */
  readonly pending: readonly Permission[];
  /** Decided, withdrawn or expired, newest first. */
  readonly settled: readonly Permission[];
  /** Decisions that were sent and not yet answered, by permission id; show their card as busy. */
  readonly deciding: Readonly<Record<string, DecisionChoice>>;
  /** Why the last decision on a request did not go through, by permission id, in words to show on its card. */
  readonly problems: Readonly<Record<string, string>>;
  /** Sends a decision. Never rejects: the result says how it went, and `problems` or a notice has the words. */
  readonly decide: (permissionId: string, choice: DecisionChoice) => Promise<DecideResult>;
  /** Both below are called by `connectStores`. */
  readonly takeSnapshot: (permissions: readonly Permission[]) => void;
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
}

export type PermissionsStore = StoreApi<PermissionsState>;

type Content = Pick<PermissionsState, "pending" | "settled">;

/** Creates the empty store; the host's snapshot fills it. */
export function createPermissionsStore(options: {
  readonly request: Request;
  readonly notify: Notify;
}): PermissionsStore {
  const { request, notify } = options;
  return createStore<PermissionsState>()((set, get) => {
    async function refresh(permissionId: string): Promise<void> {
      try {
        const permission = await request("permissions.get", { permissionId });
        set((state) => place(state, permission));
      } catch {
        // The settled event tells the same; this only makes it sooner.
      }
    }

    return {
      loaded: false,
      pending: [],
      settled: [],
      deciding: {},
      problems: {},
      decide: async (permissionId, choice) => {
        if (get().deciding[permissionId] !== undefined) return "ignored";
        set(({ deciding, problems }) => ({
          deciding: { ...deciding, [permissionId]: choice },
          problems: without(problems, permissionId),
        }));
        try {
          const permission = await request("permissions.decide", { ...choice, permissionId });
          set((state) => ({ ...place(state, permission), deciding: without(state.deciding, permissionId) }));
          return "decided";
        } catch (thrown) {
          const failure = toFailure(thrown);
          set(({ deciding }) => ({ deciding: without(deciding, permissionId) }));
          if (failure.code === "already_resolved") {
            notify({ tone: "info", title: "This request is already answered", text: failure.message });
            await refresh(permissionId);
            return "lost";
          }
          set(({ problems }) => ({ problems: { ...problems, [permissionId]: failure.message } }));
          return "failed";
        }
      },
      takeSnapshot: (permissions) => set((state) => ({ ...fromSnapshot(state, permissions), loaded: true })),
      takeEvents: (events) => set((state) => takeAll(state, events)),
    };
  });
}

function fromSnapshot(state: PermissionsState, permissions: readonly Permission[]): Partial<PermissionsState> {
  const content = permissions.reduce<Content>(place, { pending: [], settled: [] });
  const known = new Set(content.pending.map((permission) => permission.permissionId));
  const problems = Object.fromEntries(Object.entries(state.problems).filter(([id]) => known.has(id)));
  return { ...content, problems };
}

function takeAll(state: PermissionsState, events: readonly SessionEvent[]): Partial<PermissionsState> {
  let content: Content = state;
  for (const event of events) {
    if (event.type === "permission.requested") content = place(content, event.data.permission);
    if (event.type === "permission.settled") content = place(content, event.data.permission);
    if (event.type === "permission.outcomeKnown") content = withOutcome(content, event.data);
  }
  return { pending: content.pending, settled: content.settled };
}

/** Puts a permission where its status says it belongs, in place of what was known of it. */
function place(content: Content, permission: Permission): Content {
  const isOther = (other: Permission): boolean => other.permissionId !== permission.permissionId;
  const pending = content.pending.filter(isOther);
  const settled = content.settled.filter(isOther);
  if (permission.status === "pending") {
    const wasSettled = settled.length !== content.settled.length;
    return wasSettled ? content : { pending: [...pending, permission].toSorted(byRequest), settled };
  }
  return { pending, settled: [permission, ...settled].toSorted(bySettling).slice(0, MAX_SETTLED) };
}

function withOutcome(content: Content, data: EventOf<"permission.outcomeKnown">["data"]): Content {
  const settled = content.settled.map((permission) =>
    permission.permissionId === data.permissionId ? { ...permission, outcome: data.outcome } : permission,
  );
  return { pending: content.pending, settled };
}

function byRequest(one: Permission, other: Permission): number {
  return one.requestedAt.localeCompare(other.requestedAt);
}

function bySettling(one: Permission, other: Permission): number {
  return (other.settledAt ?? "").localeCompare(one.settledAt ?? "");
}
