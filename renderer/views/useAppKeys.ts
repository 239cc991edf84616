import { useRef } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { AppStores } from "../stores/appStores.ts";
import type { SessionTab } from "../stores/uiPreferences.ts";
import { useStores } from "./useStores.ts";

/** The pause after which a second key no longer belongs to the first; the default of `useHotkeys`. */
const SEQUENCE_MS = 1_000;

/** The keys that work wherever the keyboard is, but for boxes that take text and open dialogs. */
export function useAppKeys(): void {
  const { ui } = useStores();
  const isFree = (): boolean => ui.getState().dialog === null;
  const { openDialog, requestFocus, setPreferences, showPage } = ui.getState();
  const options = { enabled: isFree, preventDefault: true } as const;
  const byCharacter = { ...options, useKey: true } as const;
  const showTab = (tab: SessionTab): void => {
    showPage("sessions");
    setPreferences({ tab });
  };
  useHotkeys("mod+k", () => openDialog({ kind: "palette" }), { ...options, enableOnFormTags: true });
  useHotkeys("j, k", () => bringList(ui), options);
  useHotkeys("n", () => openDialog({ kind: "newSession", cwd: null, resume: null }), options);
  // `c` alone is a key of its own: as the second one of `g c` it must do nothing else.
  const goAt = useRef(Number.NEGATIVE_INFINITY);
  useHotkeys("g", () => void (goAt.current = performance.now()), options);
  useHotkeys("c", () => performance.now() - goAt.current > SEQUENCE_MS && requestFocus("composer"), options);
  useHotkeys("/", () => focusSearch(ui), byCharacter);
  useHotkeys("?", () => openDialog({ kind: "keys" }), { ...byCharacter, ignoreModifiers: true });
  useHotkeys("g>i", () => requestFocus("inbox"), options);
  useHotkeys("g>l", () => showPage("sessions"), options);
  useHotkeys("g>f", () => showPage("search"), options);
  useHotkeys("g>c", () => showPage("costs"), options);
  useHotkeys("g>p", () => showPage("processes"), options);
  useHotkeys("g>s", () => showTab("stream"), options);
  useHotkeys("g>t", () => showTab("transcript"), options);
  useHotkeys("g>o", () => showTab("cost"), options);
}

/** A list on the screen takes `j` and `k` itself (`useListKeys.ts`); where there is none, the drawer with it opens. */
function bringList(ui: AppStores["ui"]): void {
  const isShown = document.querySelector("[data-session-list]") !== null;
  if (!isShown && ui.getState().page === "sessions") ui.getState().openDrawer("sessions");
}

/** Every page has a box to search what it shows; that of the session list may be in a drawer. */
function focusSearch(ui: AppStores["ui"]): void {
  const { page, requestFocus } = ui.getState();
  const box = page === "sessions" ? null : document.querySelector<HTMLInputElement>("input[type=search]");
  if (box === null) requestFocus("search");
  else box.select();
}
