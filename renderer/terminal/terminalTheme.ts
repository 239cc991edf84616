import type { ITheme } from "@xterm/xterm";

export type ThemeName = "light" | "dark";

/**
 * The sixteen colours of the Stream view. Every colour that text is written in, badges included (reversed), has a
 * contrast of at least 4.5 : 1 against the background (WCAG AA); a test holds that.
 */
export const terminalThemes: Readonly<Record<ThemeName, ITheme>> = {
  dark: {
    background: "#121517",
    foreground: "#d8dde3",
    cursor: "#121517",
    cursorAccent: "#121517",
    selectionBackground: "#2f4a6b",
    selectionForeground: "#ffffff",
    selectionInactiveBackground: "#2a3642",
    black: "#121517",
    red: "#f2777a",
    green: "#7fc98a",
    yellow: "#e3b35c",
    blue: "#7fb2f0",
    magenta: "#c9a0e8",
    cyan: "#6cc7cf",
    white: "#d8dde3",
    brightBlack: "#919ba7",
    brightRed: "#ff9c9e",
    brightGreen: "#a3e0ab",
    brightYellow: "#f2cd87",
    brightBlue: "#a6cbf7",
    brightMagenta: "#dcc0f2",
    brightCyan: "#97dfe5",
    brightWhite: "#f4f6f8",
  },
  light: {
    background: "#ffffff",
    foreground: "#1f2429",
    cursor: "#ffffff",
    cursorAccent: "#ffffff",
    selectionBackground: "#bcd6f5",
    selectionForeground: "#10151a",
    selectionInactiveBackground: "#dbe2ea",
    black: "#1f2429",
    red: "#b3261e",
    green: "#1e6b34",
    yellow: "#7a5200",
    blue: "#1d55a5",
    magenta: "#77389c",
    cyan: "#0b6470",
    white: "#4a525b",
    brightBlack: "#5a636d",
    brightRed: "#9c1c16",
    brightGreen: "#185a2b",
    brightYellow: "#664500",
    brightBlue: "#18478b",
    brightMagenta: "#652f85",
    brightCyan: "#09535d",
    brightWhite: "#1f2429",
  },
};
