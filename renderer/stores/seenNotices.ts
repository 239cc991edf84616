/**
 * Owns: which notices a person has seen here, kept over a reload.
 * Knows nothing about: what a notice says; it has a key that is another one for each thing that happened.
 * Invariants: one JSON text under one key, of at most `MAX_SEEN` short keys, the newest last; text that cannot be read
 * is ignored and overwritten.
 */
import { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { KeyStore } from "./uiPreferences.ts";

const STORAGE_KEY = "switchboard.seenNotices";

/** Notices that can be told apart from new ones: far more than come up in the longest period. */
export const MAX_SEEN = 300;

const storedSchema = z.array(z.string().max(600)).max(MAX_SEEN);

export interface SeenNoticesState {
  readonly keys: ReadonlySet<string>;
  readonly see: (keys: readonly string[]) => void;
}

export type SeenNoticesStore = StoreApi<SeenNoticesState>;

/** Creates the store with what was kept; `keyStore` is null where nothing can be. */
export function createSeenNotices(keyStore: KeyStore | null): SeenNoticesStore {
  return createStore<SeenNoticesState>()((set, get) => ({
    keys: new Set(readKeys(keyStore)),
    see: (keys) => {
      if (keys.every((key) => get().keys.has(key))) return;
      const seen = [...new Set([...get().keys, ...keys])].slice(-MAX_SEEN);
      set({ keys: new Set(seen) });
      try {
        keyStore?.setItem(STORAGE_KEY, JSON.stringify(seen));
      } catch {
        // Nothing to do: what was seen holds for this visit.
      }
    },
  }));
}

function readKeys(keyStore: KeyStore | null): readonly string[] {
  try {
    const stored: unknown = JSON.parse(keyStore?.getItem(STORAGE_KEY) ?? "[]");
    return storedSchema.safeParse(stored).data ?? [];
  } catch {
    return [];
  }
}
