/**
 * Owns: what the person looks at: chosen session, tab, filter, search, theme, open dialog, focused permission.
 * Knows nothing about: the host. Every choice here is this window's alone.
 * Invariants: what is persisted is one JSON text of a fixed set of small fields under one key, with a version; text
 * that cannot be read is ignored and overwritten.
 *
 * Views reach it with `useUi(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { type KeyStore, readPreferences, type UiPreferences, writePreferences } from "./uiPreferences.ts";

/** At most one dialog is open. */
export type Dialog =
  | { readonly kind: "newSession"; readonly cwd: string | null; readonly resume: string | null }
  | { readonly kind: "palette" }
  | { readonly kind: "keys" }
  | { readonly kind: "settings" }
  | { readonly kind: "rename"; readonly sessionId: string }
  | { readonly kind: "confirmClose"; readonly sessionId: string }
  | { readonly kind: "permission"; readonly permissionId: string };

export type FocusPlace = "search" | "composer" | "inbox";

/** The side panel that is open as a drawer where the window is too narrow for three columns. */
export type Drawer = "sessions" | "inbox" | null;

export interface UiState extends UiPreferences {
  readonly query: string;
  readonly dialog: Dialog | null;
  readonly drawer: Drawer;
  /** The permission whose card has the keyboard (`a`/`d`), or null. */
  readonly focusedPermissionId: string | null;
  /** The place that shall take the keyboard as soon as it is on the screen; that place then calls `endFocusRequest`. */
  readonly focusRequest: FocusPlace | null;
  readonly chooseSession: (sessionId: string | null) => void;
  readonly setPreferences: (change: Partial<UiPreferences>) => void;
  readonly setQuery: (query: string) => void;
  readonly openDialog: (dialog: Dialog | null) => void;
  readonly openDrawer: (drawer: Drawer) => void;
  readonly focusPermission: (permissionId: string | null) => void;
  /** Asks for the keyboard; in a narrow window the drawer with the place opens. */
  readonly requestFocus: (place: FocusPlace) => void;
  readonly endFocusRequest: () => void;
}

export type UiStore = StoreApi<UiState>;

/** Creates the store with what was persisted; `keyStore` is null where nothing can be kept. */
export function createUiStore(keyStore: KeyStore | null): UiStore {
  const store = createStore<UiState>()((set) => ({
    ...readPreferences(keyStore),
    query: "",
    dialog: null,
    drawer: null,
    focusedPermissionId: null,
    focusRequest: null,
    chooseSession: (chosenSessionId) => set({ chosenSessionId, drawer: null }),
    setPreferences: (change) => set(change),
    setQuery: (query) => set({ query }),
    openDialog: (dialog) => set({ dialog }),
    openDrawer: (drawer) => set({ drawer }),
    focusPermission: (focusedPermissionId) => set({ focusedPermissionId }),
    requestFocus: (place) => set({ focusRequest: place, drawer: drawerOf[place] }),
    endFocusRequest: () => set({ focusRequest: null }),
  }));
  store.subscribe((state) => writePreferences(keyStore, state));
  return store;
}

const drawerOf: Readonly<Record<FocusPlace, Drawer>> = { search: "sessions", inbox: "inbox", composer: null };
