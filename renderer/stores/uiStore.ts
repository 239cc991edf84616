/**
 * Owns: what the person looks at: chosen session, tab, filter, search, theme, open dialog, focused permission.
 * Knows nothing about: the host. Every choice here is this window's alone.
 * Invariants: what is persisted is one JSON text of a fixed set of small fields under one key, with a version; text
 * that cannot be read is ignored and overwritten.
 *
 * Views reach it with `useUi(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BudgetScope } from "../../shared/model/budget.ts";
import type { ProcessRow } from "../../shared/model/process.ts";
import { type KeyStore, readPreferences, type UiPreferences, writePreferences } from "./uiPreferences.ts";
import { without } from "./without.ts";

/** At most one dialog is open. */
export type Dialog =
  | {
      readonly kind: "newSession";
      readonly cwd: string | null;
      readonly resume: string | null;
      /** Whether to go on in a copy; what is missing says so. */
      readonly isFork?: boolean;
    }
  | { readonly kind: "palette" }
  | { readonly kind: "keys" }
  | { readonly kind: "settings" }
  | { readonly kind: "rename"; readonly sessionId: string }
  | { readonly kind: "label"; readonly sessionId: string }
  | { readonly kind: "stopProcess"; readonly process: ProcessRow }
  | { readonly kind: "confirmClose"; readonly sessionId: string }
  | { readonly kind: "permission"; readonly permissionId: string }
  /** `budgetId` null: a new budget, of `scope` where it is given. */
  | { readonly kind: "budget"; readonly budgetId: string | null; readonly scope: BudgetScope | null }
  | { readonly kind: "overrideBudget"; readonly budgetId: string; readonly sessionId: string | null }
  | { readonly kind: "deleteBudget"; readonly budgetId: string };

export type FocusPlace = "search" | "composer" | "inbox" | "budgets";

/** The side panel that is open as a drawer where the window is too narrow for three columns. */
export type Drawer = "sessions" | "inbox" | null;

/** What the middle of the window shows. */
export type Page = "sessions" | "search" | "costs" | "processes";

/** A place in a session's transcript that shall be shown; `seq` as in `sessions.events`. */
export interface ShownPlace {
  readonly sessionId: string;
  readonly seq: number;
  /** The place inside the sub-agent that is started at `seq`, or deeper; missing when the session's own is meant. */
  readonly inside?: InnerPlace;
}

/** A place in what the sub-agent said that a call started. */
export interface InnerPlace {
  readonly toolUseId: string;
  readonly seq: number;
}

/** How a project stands in the list: its heading alone, or with all of its sessions instead of the latest. */
export type ProjectFold = "collapsed" | "whole";

export interface UiState extends UiPreferences {
  readonly page: Page;
  /** Where the transcript of the chosen session stands; null while it follows the session's end. */
  readonly place: ShownPlace | null;
  readonly query: string;
  /** By project path; a project that is missing shows its latest sessions. */
  readonly folds: Readonly<Record<string, ProjectFold>>;
  /** The same while something is searched for: what matches must not be hidden because it was folded away before. */
  readonly queryFolds: Readonly<Record<string, ProjectFold>>;
  readonly dialog: Dialog | null;
  readonly drawer: Drawer;
  /** The permission whose card has the keyboard (`a`/`d`), or null. */
  readonly focusedPermissionId: string | null;
  /** The place that shall take the keyboard as soon as it is on the screen; that place then calls `endFocusRequest`. */
  readonly focusRequest: FocusPlace | null;
  readonly chooseSession: (sessionId: string | null) => void;
  readonly showPage: (page: Page) => void;
  /** Shows a place of a session's transcript; null goes back to its end. */
  readonly showPlace: (place: ShownPlace | null) => void;
  readonly setPreferences: (change: Partial<UiPreferences>) => void;
  readonly setQuery: (query: string) => void;
  /** Folds the project in the list that is shown: that of a query or the whole one. */
  readonly foldProject: (projectPath: string, fold: ProjectFold | null) => void;
  readonly openDialog: (dialog: Dialog | null) => void;
  readonly openDrawer: (drawer: Drawer) => void;
  readonly focusPermission: (permissionId: string | null) => void;
  /** Asks for the keyboard and shows the page of the place; in a narrow window the drawer with it opens. */
  readonly requestFocus: (place: FocusPlace) => void;
  readonly endFocusRequest: () => void;
}

export type UiStore = StoreApi<UiState>;

/** How projects stand in the list that is shown. */
export function shownFolds({ query, folds, queryFolds }: UiState): UiState["folds"] {
  return query.trim() === "" ? folds : queryFolds;
}

/** Creates the store with what was persisted; `keyStore` is null where nothing can be kept. */
export function createUiStore(keyStore: KeyStore | null): UiStore {
  const store = createStore<UiState>()((set) => ({
    ...readPreferences(keyStore),
    page: "sessions",
    place: null,
    query: "",
    folds: {},
    queryFolds: {},
    dialog: null,
    drawer: null,
    focusedPermissionId: null,
    focusRequest: null,
    chooseSession: (chosenSessionId) => set({ chosenSessionId, page: "sessions", place: null, drawer: null }),
    showPage: (page) => set({ page, drawer: null }),
    showPlace: (place) => {
      if (place === null) return set({ place });
      set({ place, page: "sessions", chosenSessionId: place.sessionId, tab: "transcript", drawer: null });
    },
    setPreferences: (change) => set(change),
    setQuery: (query) => set({ query, queryFolds: {} }),
    foldProject: (projectPath, fold) =>
      set(({ folds, queryFolds, query }) =>
        query.trim() === ""
          ? { folds: folded(folds, projectPath, fold) }
          : { queryFolds: folded(queryFolds, projectPath, fold) },
      ),
    openDialog: (dialog) => set({ dialog }),
    openDrawer: (drawer) => set({ drawer }),
    focusPermission: (focusedPermissionId) => set({ focusedPermissionId }),
    requestFocus: (place) => set({ focusRequest: place, page: pageOf[place], drawer: drawerOf[place] }),
    endFocusRequest: () => set({ focusRequest: null }),
  }));
  store.subscribe((state) => writePreferences(keyStore, state));
  return store;
}

const drawerOf: Readonly<Record<FocusPlace, Drawer>> = {
  search: "sessions",
  inbox: "inbox",
  composer: null,
  budgets: null,
};

const pageOf: Readonly<Record<FocusPlace, Page>> = {
  search: "sessions",
  inbox: "sessions",
  composer: "sessions",
  budgets: "costs",
};

function folded(folds: UiState["folds"], projectPath: string, fold: ProjectFold | null): UiState["folds"] {
  return fold === null ? without(folds, projectPath) : { ...folds, [projectPath]: fold };
}
