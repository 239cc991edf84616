/**
 * The environment of a child. Pure.
 * A host started from inside a session inherits what that session tells its own tools: whose child they are and the
 * address and token of its inbox. A session of its own must not carry that on.
 */

/** Set by the CLI for the commands it runs (measured on 2.1.329), or by a program that embeds it. */
const nestedSessionVariables: ReadonlySet<string> = new Set([
  "AI_AGENT",
  "CLAUDECODE",
  "CLAUDE_AGENT_SDK_VERSION",
  "CLAUDE_CODE_CHILD_NOTES_DIR",
  "CLAUDE_CODE_CHILD_SESSION",
  "CLAUDE_CODE_ENTRYPOINT",
  "CLAUDE_CODE_EXECPATH",
  "CLAUDE_CODE_LAUNCHED_BY_SESSION_IDS",
  "CLAUDE_CODE_SSE_PORT",
  "CLAUDE_CODE_WORKER_EPOCH",
  "CLAUDE_EFFORT",
  "CLAUDE_ENV_FILE",
  "CLAUDE_JOB_DIR",
  "CLAUDE_PID",
  "CLAUDE_PLUGIN_ROOT",
  "CLAUDE_PROJECT_DIR",
]);

/** Families that name one running session, its parent, its bridge or its inbox. */
const nestedSessionPrefixes: readonly string[] = [
  "CLAUDE_BG_",
  "CLAUDE_BRIDGE_",
  "CLAUDE_CODE_BRIDGE_",
  "CLAUDE_CODE_MESSAGING_",
  "CLAUDE_CODE_PARENT_",
  "CLAUDE_CODE_REMOTE",
  "CLAUDE_CODE_SESSION_",
];

/** What this host needs for itself and what would change any Electron or Node program that a tool starts. */
const hostVariables: ReadonlySet<string> = new Set(["ELECTRON_RUN_AS_NODE", "ELECTRON_NO_ATTACH_CONSOLE"]);

/** Keeps the user's own configuration: ANTHROPIC_*, CLAUDE_CONFIG_DIR, providers, tokens, proxies, PATH. */
export function childEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && !isDropped(name.toUpperCase())) kept[name] = value;
  }
  return kept;
}

function isDropped(name: string): boolean {
  if (nestedSessionVariables.has(name) || hostVariables.has(name)) return true;
  return nestedSessionPrefixes.some((prefix) => name.startsWith(prefix));
}
