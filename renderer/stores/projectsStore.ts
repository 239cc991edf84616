/**
 * Owns: how many sessions each project has at the host, those included that were not loaded here.
 * Knows nothing about: the sessions themselves.
 * Invariants: asks at most once in `RECOUNT_MS`, however often it is told that the counts changed.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Project } from "../../shared/model/project.ts";
import type { After } from "./clock.ts";
import type { Request } from "./request.ts";

/** Milliseconds: sessions appear by the thousand while transcripts are first read, and a count may be a little late. */
const RECOUNT_MS = 2_000;
const PAGE_SIZE = 500;
/** Pages of projects that are asked for: more projects than that, and headings fall back to what is loaded. */
const MAX_PAGES = 20;

export interface ProjectsState {
  /** By project path; null until the host answered. */
  readonly sessionCounts: ReadonlyMap<string, number> | null;
  /** Says that the counts may have changed. Never rejects. */
  readonly recount: () => void;
}

export type ProjectsStore = StoreApi<ProjectsState>;

/** Creates the store. `onTotal` hears of the number of all sessions after each count. */
export function createProjectsStore(options: {
  readonly request: Request;
  readonly after: After;
  readonly onTotal: (total: number) => void;
}): ProjectsStore {
  const { request, after, onTotal } = options;
  let phase: "idle" | "resting" | "due" = "idle";
  return createStore<ProjectsState>()((set) => {
    async function count(): Promise<void> {
      phase = "resting";
      try {
        const projects = await allProjects(request);
        const sessionCounts = new Map(projects.map(({ projectPath, sessionCount }) => [projectPath, sessionCount]));
        set({ sessionCounts });
        onTotal(projects.reduce((sum, { sessionCount }) => sum + sessionCount, 0));
      } catch {
        // The list shows what is loaded; the next change asks again.
      }
      after(RECOUNT_MS, () => {
        const isDue = phase === "due";
        phase = "idle";
        if (isDue) void count();
      });
    }

    return {
      sessionCounts: null,
      recount: () => {
        if (phase === "idle") void count();
        else phase = "due";
      },
    };
  });
}

async function allProjects(request: Request): Promise<readonly Project[]> {
  const projects: Project[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer: { readonly items: readonly Project[]; readonly nextCursor: string | null } = await request(
      "projects.list",
      { limit: PAGE_SIZE, ...(cursor === null ? {} : { cursor }) },
    );
    projects.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return projects;
}
