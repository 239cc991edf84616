import { useHotkeys } from "react-hotkeys-hook";
import type { AppStores } from "../stores/appStores.ts";
import { useStores } from "./useStores.ts";

/** The keys that work wherever the keyboard is, but for boxes that take text and open dialogs. */
export function useAppKeys(): void {
  const { ui } = useStores();
  const isFree = (): boolean => ui.getState().dialog === null;
  const { openDialog, requestFocus, setPreferences, showPage } = ui.getState();
  const options = { enabled: isFree, preventDefault: true } as const;
  const byCharacter = { ...options, useKey: true } as const;
  const showTab = (tab: "stream" | "transcript"): void => {
    showPage("sessions");
    setPreferences({ tab });
  };
  useHotkeys("mod+k", () => openDialog({ kind: "palette" }), { ...options, enableOnFormTags: true });
  useHotkeys("j, k", () => bringList(ui), options);
  useHotkeys("n", () => openDialog({ kind: "newSession", cwd: null, resume: null }), options);
  useHotkeys("c", () => requestFocus("composer"), options);
  useHotkeys("/", () => focusSearch(ui), byCharacter);
  useHotkeys("?", () => openDialog({ kind: "keys" }), { ...byCharacter, ignoreModifiers: true });
  useHotkeys("g>i", () => requestFocus("inbox"), options);
  useHotkeys("g>l", () => showPage("sessions"), options);
  useHotkeys("g>f", () => showPage("search"), options);
  useHotkeys("g>p", () => showPage("processes"), options);
  useHotkeys("g>s", () => showTab("stream"), options);
  useHotkeys("g>t", () => showTab("transcript"), options);
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
