import { useHotkeys } from "react-hotkeys-hook";
import { moveInList } from "./sessions/moveInList.ts";
import { useStores } from "./useStores.ts";

/** The keys that work wherever the keyboard is, but for boxes that take text and open dialogs. */
export function useAppKeys(): void {
  const { ui } = useStores();
  const isFree = (): boolean => ui.getState().dialog === null;
  const { openDialog, openDrawer, requestFocus, setPreferences } = ui.getState();
  const options = { enabled: isFree, preventDefault: true } as const;
  const byCharacter = { ...options, useKey: true } as const;
  useHotkeys("mod+k", () => openDialog({ kind: "palette" }), { ...options, enableOnFormTags: true });
  useHotkeys("j", () => moveInList(1) || openDrawer("sessions"), options);
  useHotkeys("k", () => moveInList(-1) || openDrawer("sessions"), options);
  useHotkeys("n", () => openDialog({ kind: "newSession", cwd: null, resume: null }), options);
  useHotkeys("c", () => requestFocus("composer"), options);
  useHotkeys("/", () => requestFocus("search"), byCharacter);
  useHotkeys("?", () => openDialog({ kind: "keys" }), { ...byCharacter, ignoreModifiers: true });
  useHotkeys("g>i", () => requestFocus("inbox"), options);
  useHotkeys("g>s", () => setPreferences({ tab: "stream" }), options);
  useHotkeys("g>t", () => setPreferences({ tab: "transcript" }), options);
}
