/**
 * Finds a Chromium for browser tests: an installed one where there is one, else the one that an npm package carries.
 * Knows nothing about Playwright's test runner; the answer fits `chromium.launch()` of playwright-core.
 */
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

export type FoundChromium = { readonly executablePath: string; readonly args: readonly string[] };

export type ChromiumSearch = {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly installed?: readonly string[];
};

/**
 * Looks at `CHROMIUM_PATH`, the usual install places, Playwright's own download and `@sparticuz/chromium` (Linux x64),
 * in this order. Throws when `CHROMIUM_PATH` names no executable, or when nothing is found.
 */
export async function findChromium(search: ChromiumSearch = {}): Promise<FoundChromium> {
  const env = search.env ?? process.env;
  const chosen = env["CHROMIUM_PATH"];
  if (chosen !== undefined && chosen !== "") {
    if (!(await isExecutable(chosen))) throw new Error(`CHROMIUM_PATH is not an executable file: ${chosen}`);
    return { executablePath: chosen, args: sandboxArgs() };
  }
  for (const candidate of [...(search.installed ?? usualPlaces(env)), chromium.executablePath()]) {
    if (candidate !== "" && (await isExecutable(candidate))) return { executablePath: candidate, args: sandboxArgs() };
  }
  return await carriedChromium();
}

/** The package unpacks its browser on first use, and needs the arguments it lists to run without a system's libraries. */
async function carriedChromium(): Promise<FoundChromium> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium found. Install one, or set CHROMIUM_PATH to its executable.");
  }
  const { default: carried } = await import("@sparticuz/chromium");
  return {
    executablePath: await carried.executablePath(),
    args: [...carried.args.filter((arg) => !REFUSED_ARGS.has(arg.split("=")[0] ?? "")), ...OWN_ARGS],
  };
}

/** Meant for servers without a screen: they would take away what the tests look at. */
const REFUSED_ARGS: ReadonlySet<string> = new Set([
  "--headless",
  "--window-size",
  "--start-maximized",
  "--single-process",
  "--disable-web-security",
  "--allow-running-insecure-content",
]);

/** The graphics processor that it carries in software stood still for seconds on some machines, in the middle of a frame. */
const OWN_ARGS: readonly string[] = ["--disable-gpu"];

/** Chromium refuses to run its sandbox as root. */
function sandboxArgs(): readonly string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}

function usualPlaces(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  switch (process.platform) {
    case "darwin":
      return [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
      ];
    case "win32":
      return [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]]
        .filter((folder) => folder !== undefined)
        .map((folder) => join(folder, "Google", "Chrome", "Application", "chrome.exe"));
    default:
      return [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/google-chrome-stable",
        "/snap/bin/chromium",
        "/opt/google/chrome/chrome",
      ];
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
