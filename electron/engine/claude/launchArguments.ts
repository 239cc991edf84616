/**
 * The argument list of a duplex child. Pure.
 * Invariant: a value is never read as a flag or as a second value. Each is written as `--flag=value`, once for each
 * item of a list; measured on 2.1.329, also for values that begin with a dash and for the variadic flags.
 */
import type { PermissionMode } from "../../../shared/model/session.ts";

/** What a session can be started with, besides where and with which first message. */
export interface LaunchOptions {
  readonly model?: string | undefined;
  readonly permissionMode?: PermissionMode | undefined;
  /** The id of the session to continue. */
  readonly resume?: string | undefined;
  /** With `resume`: continue in a copy with an id of its own. */
  readonly fork?: boolean | undefined;
  /** The id of the new session or, with `resume` and `fork`, of the copy. Not allowed with `resume` alone. */
  readonly sessionId?: string | undefined;
  readonly name?: string | undefined;
  readonly appendSystemPrompt?: string | undefined;
  readonly allowedTools?: readonly string[] | undefined;
  readonly disallowedTools?: readonly string[] | undefined;
  readonly additionalDirectories?: readonly string[] | undefined;
  /** Files or JSON texts. */
  readonly mcpConfig?: readonly string[] | undefined;
  readonly maxTurns?: number | undefined;
  readonly maxBudgetUsd?: number | undefined;
}

const duplexArguments: readonly string[] = [
  "--print",
  "--verbose",
  "--input-format=stream-json",
  "--output-format=stream-json",
  "--permission-prompt-tool=stdio",
  "--include-partial-messages",
  "--replay-user-messages",
];

export function buildLaunchArguments(options: LaunchOptions): readonly string[] {
  return [
    ...duplexArguments,
    ...identityArguments(options),
    ...flag("--model", options.model),
    ...flag("--permission-mode", options.permissionMode),
    ...flag("--name", options.name),
    ...flag("--append-system-prompt", options.appendSystemPrompt),
    ...flags("--allowedTools", options.allowedTools),
    ...flags("--disallowedTools", options.disallowedTools),
    ...flags("--add-dir", options.additionalDirectories),
    ...flags("--mcp-config", options.mcpConfig),
    ...flag("--max-turns", options.maxTurns?.toString()),
    ...flag("--max-budget-usd", options.maxBudgetUsd?.toString()),
  ];
}

/** The CLI refuses `--session-id` beside `--resume` unless it forks (measured on 2.1.329), so it is left out there. */
function identityArguments({ resume, fork, sessionId }: LaunchOptions): readonly string[] {
  if (resume === undefined) return flag("--session-id", sessionId);
  if (fork !== true) return flag("--resume", resume);
  return [...flag("--resume", resume), "--fork-session", ...flag("--session-id", sessionId)];
}

function flag(name: string, value: string | undefined): readonly string[] {
  return value === undefined || value === "" ? [] : [`${name}=${value}`];
}

function flags(name: string, values: readonly string[] | undefined): readonly string[] {
  return (values ?? []).flatMap((value) => flag(name, value));
}
