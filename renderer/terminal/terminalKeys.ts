import type { Terminal } from "@xterm/xterm";

type ScrollKey = (terminal: Terminal) => void;

const scrollKeys: Readonly<Record<string, ScrollKey>> = {
  ArrowUp: (terminal) => terminal.scrollLines(-1),
  ArrowDown: (terminal) => terminal.scrollLines(1),
  PageUp: (terminal) => terminal.scrollPages(-1),
  PageDown: (terminal) => terminal.scrollPages(1),
  Home: (terminal) => terminal.scrollToTop(),
  End: (terminal) => terminal.scrollToBottom(),
};

/**
 * Keys inside the terminal: scrolling, Ctrl/⌘+C with a selection, Ctrl/⌘+F. Always answers false, "not for xterm":
 * nothing is typed here, and every other key belongs to the browser and the app (Tab leaves the terminal).
 */
export function handleTerminalKey(
  event: KeyboardEvent,
  terminal: Terminal,
  actions: { readonly onSearchKey: () => void },
): false {
  if (event.type !== "keydown") return false;
  const command = event.ctrlKey || event.metaKey;
  const scroll = scrollKeys[event.key];
  if (!command && !event.altKey && scroll !== undefined) {
    event.preventDefault();
    scroll(terminal);
  } else if (command && event.key.toLowerCase() === "f") {
    event.preventDefault();
    actions.onSearchKey();
  } else if (command && event.key.toLowerCase() === "c" && terminal.hasSelection()) {
    event.preventDefault();
    // Where the clipboard is refused, the toolbar's copy button says so.
    void navigator.clipboard.writeText(terminal.getSelection()).catch(() => undefined);
  }
  return false;
}
