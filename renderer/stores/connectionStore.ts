/**
 * Owns: whether the host can be reached and what it said about itself.
 * Knows nothing about: sessions.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { HostInfo } from "../../shared/model/host.ts";
import type { ConnectionState } from "../client/client.ts";
import type { Request } from "./request.ts";

export interface ConnectionStoreState {
  readonly connection: ConnectionState;
  /** Null until the host's first snapshot. */
  readonly host: HostInfo | null;
  /** Asks the host about itself again, e.g. after `claude` was installed. Never rejects. */
  readonly refreshHost: () => Promise<void>;
  readonly takeConnection: (connection: ConnectionState) => void;
  readonly takeHost: (host: HostInfo) => void;
  /** Takes in what the host says of itself now. */
  readonly takeEvents: (events: readonly SessionEvent[]) => void;
}

export type ConnectionStore = StoreApi<ConnectionStoreState>;

/** Creates the store with the state that the client has now. */
export function createConnectionStore(options: {
  readonly request: Request;
  readonly initial: ConnectionState;
}): ConnectionStore {
  return createStore<ConnectionStoreState>()((set, get) => ({
    connection: options.initial,
    host: null,
    refreshHost: async () => {
      try {
        set({ host: await options.request("host.get", {}) });
      } catch {
        // The connection banner says why; what was known of the host stays.
      }
    },
    takeConnection: (connection) => set({ connection }),
    takeHost: (host) => set({ host }),
    takeEvents: (events) => {
      const { host } = get();
      const told = events.findLast(({ type }) => type === "host.noticesChanged");
      if (host === null || told?.type !== "host.noticesChanged") return;
      set({ host: { ...host, notices: told.data.notices } });
      // The index may have a problem now, or none any more.
      void get().refreshHost();
    },
  }));
}
