/** Where a `claude` may be. Pure: nothing is looked at. */
import { posix, win32 } from "node:path";

export interface CandidateSources {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Absolute paths in the order in which they are tried: PATH first, then the usual install places, each once. */
export function claudeCandidates({ platform, environment, home }: CandidateSources): readonly string[] {
  const isWindows = platform === "win32";
  const path = isWindows ? win32 : posix;
  const names = isWindows ? ["claude.exe", "claude.cmd", "claude.bat"] : ["claude"];
  const searchPath = readVariable(environment, "PATH", isWindows) ?? "";
  const fromPath = searchPath.split(isWindows ? ";" : ":").map((directory) => unquote(directory));
  const directories = [...fromPath, ...(isWindows ? windowsPlaces(environment, home) : posixPlaces(environment, home))];
  const candidates = directories
    // A relative entry of PATH means another file in every directory: never run what a project brings along.
    .filter((directory) => path.isAbsolute(directory))
    .flatMap((directory) => names.map((name) => path.join(directory, name)));
  return [...new Set(candidates)];
}

/** A program started from a dock or a menu has a short PATH, so the places that shells add are tried as well. */
function posixPlaces(environment: CandidateSources["environment"], home: string): readonly string[] {
  return [
    posix.join(home, ".local/bin"),
    posix.join(home, ".claude/local"),
    posix.join(home, ".claude/local/node_modules/.bin"),
    ...prefixPlaces(environment, (prefix) => posix.join(prefix, "bin")),
    ...given(environment["NVM_BIN"]),
    posix.join(home, ".npm-global/bin"),
    posix.join(home, ".bun/bin"),
    posix.join(home, ".volta/bin"),
    posix.join(home, ".asdf/shims"),
    posix.join(home, ".local/share/mise/shims"),
    "/opt/homebrew/bin",
    "/usr/local/bin",
    "/home/linuxbrew/.linuxbrew/bin",
    "/usr/bin",
  ];
}

function windowsPlaces(environment: CandidateSources["environment"], home: string): readonly string[] {
  const appData = readVariable(environment, "APPDATA", true) ?? win32.join(home, "AppData\\Roaming");
  const localAppData = readVariable(environment, "LOCALAPPDATA", true) ?? win32.join(home, "AppData\\Local");
  return [
    win32.join(home, ".local\\bin"),
    win32.join(home, ".claude\\local"),
    ...prefixPlaces(environment, (prefix) => prefix),
    win32.join(appData, "npm"),
    win32.join(localAppData, "Microsoft\\WinGet\\Links"),
    win32.join(home, ".bun\\bin"),
    win32.join(localAppData, "Volta\\bin"),
  ];
}

function prefixPlaces(
  environment: CandidateSources["environment"],
  toDirectory: (prefix: string) => string,
): readonly string[] {
  return given(environment["npm_config_prefix"] ?? environment["NPM_CONFIG_PREFIX"]).map(toDirectory);
}

function given(value: string | undefined): readonly string[] {
  return value === undefined || value === "" ? [] : [value];
}

/** Names of variables have no case on Windows: it is usually `Path` there. */
function readVariable(
  environment: CandidateSources["environment"],
  name: string,
  anyCase: boolean,
): string | undefined {
  if (!anyCase) return environment[name];
  return Object.entries(environment).find(([key]) => key.toUpperCase() === name)?.[1];
}

/** Windows allows quotes around an entry of PATH. */
function unquote(directory: string): string {
  return directory.replace(/^"(.*)"$/u, "$1");
}
