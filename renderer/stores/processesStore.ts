/**
 * Owns: the running claude processes as the host last listed them, and which of them are being stopped.
 * Knows nothing about: how the table is sorted and filtered.
 * Invariants: the host is asked every `POLL_MS` while somebody watches, never twice at a time; a list that did not come
 * leaves the one before in place.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "../../shared/contract/errors.ts";
import type { ProcessRow } from "../../shared/model/process.ts";
import type { After } from "./clock.ts";
import type { Request } from "./request.ts";
import { without } from "./without.ts";

/** Milliseconds between two lists: a process that came or went shows soon, and the list costs the host little. */
export const POLL_MS = 3_000;
const PAGE_SIZE = 500;
/** More claude processes than any machine carries. */
const MAX_PAGES = 4;

/** What became of a stop. */
export type StopResult =
  | { readonly ok: true; readonly outcome: "ended" | "already_gone" }
  | { readonly ok: false; readonly failure: Failure };

export interface ProcessesState {
  /** Null until the first list. */
  readonly items: readonly ProcessRow[] | null;
  /** Why the last list did not come; null when it did. */
  readonly failure: Failure | null;
  /** By `processKey`: the stop that was asked for and not yet answered. */
  readonly stopping: Readonly<Record<string, true>>;
  /** Lists now and again every `POLL_MS`, until the returned function is called. */
  readonly watch: () => () => void;
  /** Lists now. Never rejects. */
  readonly refresh: () => Promise<void>;
  /** Ends the process: an owned one by closing its session, any other by signal. Never rejects. */
  readonly stop: (row: ProcessRow) => Promise<StopResult>;
}

export type ProcessesStore = StoreApi<ProcessesState>;

/** Tells a process from a later one with its pid. */
export function processKey({ pid, startIdentity }: ProcessRow): string {
  return `${pid} ${startIdentity ?? ""}`;
}

/** Creates the store; nothing is asked until somebody watches. */
export function createProcessesStore(options: { readonly request: Request; readonly after: After }): ProcessesStore {
  const { request, after } = options;
  return createStore<ProcessesState>()((set) => {
    let listing: Promise<void> | null = null;

    async function list(): Promise<void> {
      try {
        set({ items: await allProcesses(request), failure: null });
      } catch (thrown) {
        set({ failure: toFailure(thrown) });
      }
      listing = null;
    }

    const refresh = (): Promise<void> => (listing ??= list());

    return {
      items: null,
      failure: null,
      stopping: {},
      refresh,
      watch: () => poll(refresh, after),
      stop: async (row) => {
        const key = processKey(row);
        set(({ stopping }) => ({ stopping: { ...stopping, [key]: true } }));
        const result = await stopProcess(request, row);
        // A list that was asked for before the stop would still show the process.
        await listing;
        await refresh();
        set(({ stopping }) => ({ stopping: without(stopping, key) }));
        return result;
      },
    };
  });
}

function poll(refresh: () => Promise<void>, after: After): () => void {
  let cancel: () => void = () => {};
  let isOver = false;
  const again = async (): Promise<void> => {
    await refresh();
    if (!isOver) cancel = after(POLL_MS, () => void again());
  };
  void again();
  return () => {
    isOver = true;
    cancel();
  };
}

async function allProcesses(request: Request): Promise<readonly ProcessRow[]> {
  const rows: ProcessRow[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer: { readonly items: readonly ProcessRow[]; readonly nextCursor: string | null } = await request(
      "processes.list",
      { limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) },
    );
    rows.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return rows;
}

async function stopProcess(request: Request, row: ProcessRow): Promise<StopResult> {
  const { pid, startIdentity, owner, sessionId } = row;
  try {
    if (owner === "owned" && sessionId !== null) {
      await request("sessions.close", { sessionId });
      return { ok: true, outcome: "ended" };
    }
    const { outcome } = await request("processes.stop", { pid, startIdentity: startIdentity ?? "unknown" });
    return { ok: true, outcome };
  } catch (thrown) {
    return { ok: false, failure: toFailure(thrown) };
  }
}
