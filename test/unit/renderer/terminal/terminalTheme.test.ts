import { describe, expect, test } from "vitest";
import { searchDecorations } from "../../../../renderer/terminal/searchDecorations.ts";
import { terminalThemes } from "../../../../renderer/terminal/terminalTheme.ts";

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}

const written = ["foreground", "red", "green", "yellow", "blue", "magenta", "cyan", "brightBlack"] as const;

describe.each(["light", "dark"] as const)("%s terminal theme", (name) => {
  const theme = terminalThemes[name];
  test.each(written)("%s reads on the background and on a search match", (colour) => {
    expect(contrast(theme[colour] ?? "", theme.background ?? "")).toBeGreaterThanOrEqual(4.5);
    expect(contrast(theme[colour] ?? "", searchDecorations[name].matchBackground ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["selectionBackground", "selectionInactiveBackground"] as const)("selected text reads on %s", (ground) => {
    expect(contrast(theme.selectionForeground ?? "", theme[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
  });
});
