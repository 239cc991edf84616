/**
 * Owns: what can be chosen when a session is started: recent projects and the directories below a path.
 * Knows nothing about: the form.
 * Invariants: an answer for a path that is not asked for any more is dropped.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "../../shared/contract/errors.ts";
import type { RequestResult } from "../../shared/contract/requests.ts";
import type { Project } from "../../shared/model/project.ts";
import type { Request } from "./request.ts";

/** Projects offered before anything is typed. */
const RECENT_PROJECTS = 20;

export interface StartOptionsState {
  /** The most recently active first. */
  readonly projects: readonly Project[];
  /** The directories below `listing.path`; null before the first answer. */
  readonly listing: RequestResult<"directories.list"> | null;
  /** Why the last listing failed, in words; null otherwise. */
  readonly problem: string | null;
  readonly loadProjects: () => Promise<void>;
  /** Lists the directories in `path`, or in the home directory where it is null. Never rejects. */
  readonly listDirectories: (path: string | null) => Promise<void>;
}

export type StartOptionsStore = StoreApi<StartOptionsState>;

/** Creates the empty store; the dialog asks for what it needs. */
export function createStartOptionsStore({ request }: { readonly request: Request }): StartOptionsStore {
  let asked = 0;
  return createStore<StartOptionsState>()((set) => ({
    projects: [],
    listing: null,
    problem: null,
    loadProjects: async () => {
      try {
        const { items } = await request("projects.list", { limit: RECENT_PROJECTS });
        set({ projects: items });
      } catch {
        // A directory can be typed; the list is only a shortcut.
      }
    },
    listDirectories: async (path) => {
      asked += 1;
      const ask = asked;
      try {
        const listing = await request("directories.list", path === null ? {} : { path });
        if (ask === asked) set({ listing, problem: null });
      } catch (thrown) {
        if (ask === asked) set({ listing: null, problem: toFailure(thrown).message });
      }
    },
  }));
}
