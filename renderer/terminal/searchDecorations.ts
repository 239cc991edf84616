import type { ISearchOptions } from "@xterm/addon-search";
import type { ThemeName } from "./terminalTheme.ts";

/** How matches look. The addon takes `#rrggbb` only, so the colours are mixed by hand. */
export const searchDecorations: Readonly<Record<ThemeName, NonNullable<ISearchOptions["decorations"]>>> = {
  dark: {
    matchBackground: "#362c0f",
    matchOverviewRuler: "#e5ae57",
    activeMatchBackground: "#7a5c12",
    activeMatchBorder: "#e5ae57",
    activeMatchColorOverviewRuler: "#ffd27a",
  },
  light: {
    matchBackground: "#fbe9b7",
    matchOverviewRuler: "#a87400",
    activeMatchBackground: "#f6d06a",
    activeMatchBorder: "#7d4a00",
    activeMatchColorOverviewRuler: "#7d4a00",
  },
};
