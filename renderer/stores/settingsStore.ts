/**
 * Owns: what was set for the host, as the host last told it.
 * Knows nothing about: what this window alone remembers (`uiPreferences.ts`).
 * Invariants: what is shown is what the host confirmed; a refused change leaves it as it was.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "../../shared/contract/errors.ts";
import type { RequestInput } from "../../shared/contract/requests.ts";
import type { HostSettings } from "../../shared/model/settings.ts";
import type { Request } from "./request.ts";

export interface SettingsState {
  /** Null until the host told. */
  readonly settings: HostSettings | null;
  readonly isChanging: boolean;
  /** Why the last question or change failed, in words; null otherwise. */
  readonly problem: string | null;
  readonly load: () => Promise<void>;
  /** Sets what is given. Resolves to whether the host took it. Never rejects. */
  readonly change: (change: RequestInput<"settings.change">) => Promise<boolean>;
}

export type SettingsStore = StoreApi<SettingsState>;

/** Creates the store. `onChanged` is called after the host took a change. */
export function createSettingsStore(options: {
  readonly request: Request;
  readonly onChanged: () => void;
}): SettingsStore {
  const { request, onChanged } = options;
  return createStore<SettingsState>()((set) => ({
    settings: null,
    isChanging: false,
    problem: null,
    load: async () => {
      try {
        set({ settings: await request("settings.get", {}), problem: null });
      } catch (thrown) {
        set({ problem: toFailure(thrown).message });
      }
    },
    change: async (change) => {
      set({ isChanging: true, problem: null });
      try {
        const settings = await request("settings.change", change);
        set({ settings, isChanging: false });
        onChanged();
        return true;
      } catch (thrown) {
        set({ isChanging: false, problem: toFailure(thrown).message });
        return false;
      }
    },
  }));
}
