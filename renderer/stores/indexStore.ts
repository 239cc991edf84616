/**
 * Owns: asking the host to read transcripts or to stop, and looking how far it is while it reads.
 * Knows nothing about: the figures themselves; they are in `connectionStore.ts`.
 * Invariants: the host is asked once in `POLL_MS` while it reads or builds the search and the connection is open, else
 * not at all.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "../../shared/contract/errors.ts";
import type { HostInfo } from "../../shared/model/host.ts";
import type { After } from "./clock.ts";
import type { ConnectionStore } from "./connectionStore.ts";
import type { Notify, Request } from "./request.ts";

/** Milliseconds: progress in whole seconds is all that a person reads. */
export const POLL_MS = 1_000;

export interface IndexStoreState {
  /** What was asked for and not yet answered. */
  readonly busy: "scan" | "cancel" | null;
  /** Looks through the transcripts for what is new. Never rejects; a failure is told as a notice. */
  readonly scan: () => Promise<void>;
  /** Stops a running look. Never rejects; a failure is told as a notice. */
  readonly cancel: () => Promise<void>;
}

export type IndexStore = StoreApi<IndexStoreState>;

/** Creates the actions and begins to look while there is something to see. */
export function createIndexStore(options: {
  readonly request: Request;
  readonly notify: Notify;
  readonly connection: ConnectionStore;
  readonly after: After;
}): IndexStore {
  const { request, notify, connection } = options;
  pollWhileReading(connection, options.after);
  return createStore<IndexStoreState>()((set, get) => {
    async function ask(action: "scan" | "cancel", failureTitle: string): Promise<void> {
      if (get().busy !== null) return;
      set({ busy: action });
      try {
        const host = await request(action === "scan" ? "index.scan" : "index.cancel", {});
        connection.getState().takeHost(host);
      } catch (thrown) {
        notify({ tone: "failure", title: failureTitle, text: toFailure(thrown).message });
      }
      set({ busy: null });
    }

    return {
      busy: null,
      scan: () => ask("scan", "The transcripts are not read"),
      cancel: () => ask("cancel", "Reading was not stopped"),
    };
  });
}

/** Whether the host is at something whose progress can be seen. */
export function isReading(host: HostInfo | null): boolean {
  return host !== null && (host.index.state === "scanning" || host.search.state === "building");
}

function pollWhileReading(connection: ConnectionStore, after: After): void {
  let isPlanned = false;
  const look = async (): Promise<void> => {
    await connection.getState().refreshHost();
    isPlanned = false;
    plan();
  };
  const plan = (): void => {
    const { host, connection: now } = connection.getState();
    if (isPlanned || now.status !== "open" || !isReading(host)) return;
    isPlanned = true;
    after(POLL_MS, () => void look());
  };
  connection.subscribe(plan);
  plan();
}
