/**
 * Whether Electron can run here: its binary is not part of its npm package and is fetched on first use.
 * Owns the note that a fetch failed, so that the next start does not wait for the same failure.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectRoot } from "./paths.ts";

export type ElectronBinary =
  | { readonly kind: "found"; readonly path: string }
  | { readonly kind: "missing"; readonly reason: string };

const packageDirectory = join(projectRoot, "node_modules", "electron");
const failureNote = join(projectRoot, "node_modules", ".cache", "switchboard", "electron-fetch-failed");

/** A download of some 120 MB takes a minute on an ordinary line; longer, and the browser is the quicker way in. */
const FETCH_LIMIT_MS = 90_000;

/** Within this time after a failed fetch none is tried. */
const FAILURE_HOLDS_MS = 24 * 60 * 60 * 1000;

/** The binary that is there; never fetches. Electron's own rules: path.txt, ELECTRON_OVERRIDE_DIST_PATH. */
export async function findElectron(): Promise<ElectronBinary> {
  const named = await readFile(join(packageDirectory, "path.txt"), "utf8").catch(() => null);
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  if (override !== undefined && override !== "") {
    return await existing(join(override, named ?? executableOf(process.platform)));
  }
  if (named === null) return { kind: "missing", reason: "its binary is not installed" };
  return await existing(join(packageDirectory, "dist", named));
}

/** Fetches the binary once, within a time limit. A failure is remembered for a day. */
export async function fetchElectron(now: number = Date.now()): Promise<ElectronBinary> {
  const failedAt = await stat(failureNote).then(
    (found) => found.mtimeMs,
    () => null,
  );
  if (failedAt !== null && now - failedAt < FAILURE_HOLDS_MS) {
    return { kind: "missing", reason: "its binary could not be fetched lately; `npx install-electron` tries again" };
  }
  console.error("Fetching Electron (about 120 MB, once)…");
  const child = spawn(process.execPath, [join(packageDirectory, "install.js")], {
    stdio: ["ignore", "ignore", "ignore"],
    timeout: FETCH_LIMIT_MS,
    killSignal: "SIGKILL",
  });
  const [exitCode] = await once(child, "exit");
  const binary = await findElectron();
  if (exitCode === 0 && binary.kind === "found") {
    await rm(failureNote, { force: true });
    return binary;
  }
  await mkdir(dirname(failureNote), { recursive: true });
  await writeFile(failureNote, "");
  return { kind: "missing", reason: "its binary could not be fetched" };
}

/** Why a window cannot open here at all, or null when it can. */
export function displayProblem(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | null {
  if (platform !== "linux") return null;
  return env["DISPLAY"] || env["WAYLAND_DISPLAY"] ? null : "there is no display";
}

function executableOf(platform: NodeJS.Platform): string {
  if (platform === "win32") return "electron.exe";
  return platform === "darwin" ? "Electron.app/Contents/MacOS/Electron" : "electron";
}

async function existing(path: string): Promise<ElectronBinary> {
  return await stat(path).then(
    (): ElectronBinary => ({ kind: "found", path }),
    (): ElectronBinary => ({ kind: "missing", reason: `there is no binary at ${path}` }),
  );
}
