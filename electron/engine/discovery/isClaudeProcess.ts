/** Which of the running processes have, or may have, a session of the CLI open. Pure. */

/** The CLI's own executable: `claude`, or `claude.exe` on Windows and inside the npm package (measured on 2.1.329). */
const NATIVE = /^claude(?:\.exe)?$/u;

/** The native installer keeps the executable under its version number. */
const INSTALLED_VERSION = /[/\\]claude[/\\]versions[/\\]\d+\.\d+\.\d+[^/\\]*$/u;

const SCRIPT_RUNTIME = /^(?:node|nodejs|bun|deno)(?:\.exe)?$/iu;

/** The script of versions that ran on Node, and the link that npm makes to it. */
const SCRIPT = /(?:[/\\]claude-code[/\\](?:dist[/\\])?cli\.m?js|[/\\]bin[/\\]claude)$/u;

/** The desktop app of the same name, and what Electron calls its helpers. */
const OTHER_PROGRAM = /[/\\](?:AnthropicClaude|Claude\.app|WindowsApps)[/\\]/u;

/** Commands of the CLI that open no session. */
const SESSIONLESS_COMMANDS: ReadonlySet<string> = new Set([
  "auth",
  "config",
  "daemon",
  "doctor",
  "install",
  "mcp",
  "migrate-installer",
  "plugin",
  "setup-token",
  "uninstall",
  "update",
  "upgrade",
]);

/** Flags with which the CLI, an editor or a browser starts the same executable as a helper, or only asks it something. */
const HELPER_FLAG =
  /^(?:--type=.+|--(?:chrome-native-host|claude-in-chrome-mcp|computer-use-mcp|mcp-cli|ripgrep|version|help)|-v|-h)$/u;

/**
 * Whether a process may be one, by its name alone: what the system tells without its arguments. A script's runtime may
 * be anything.
 */
export function mayBeClaude(name: string): boolean {
  const base = baseName(name);
  return NATIVE.test(base) || SCRIPT_RUNTIME.test(base) || /^\d+\.\d+\.\d+/u.test(base);
}

/** Whether a process with these arguments, the program first, has a session open as far as they tell. */
export function isClaudeProcess(argv: readonly string[]): boolean {
  const [program = ""] = argv;
  if (OTHER_PROGRAM.test(program)) return false;
  const begin = argumentsOfCliAt(argv);
  const isCli = isNative(program) || (begin > 1 && SCRIPT.test(argv[begin - 1] ?? ""));
  return isCli && opensSession(argv.slice(begin));
}

/** Where the CLI's own arguments begin: behind the program, or behind the script that a runtime was given. */
export function argumentsOfCliAt(argv: readonly string[]): number {
  const [program = "", ...rest] = argv;
  if (isNative(program) || !SCRIPT_RUNTIME.test(baseName(program))) return 1;
  const scriptAt = rest.findIndex((argument) => !argument.startsWith("-"));
  return scriptAt === -1 ? argv.length : scriptAt + 2;
}

function isNative(program: string): boolean {
  return NATIVE.test(baseName(program)) || INSTALLED_VERSION.test(program);
}

function opensSession(argumentsOfCli: readonly string[]): boolean {
  const [first = ""] = argumentsOfCli;
  return !SESSIONLESS_COMMANDS.has(first) && !argumentsOfCli.some((argument) => HELPER_FLAG.test(argument));
}

function baseName(path: string): string {
  return path.split(/[/\\]/u).at(-1) ?? "";
}
