/** Why a claude process ended, in a code and in words with the way out. Pure; texts measured on 2.1.329. */

export type ExitReasonCode =
  /** It ended by itself or at our request, as it should. */
  | "finished"
  | "stopped"
  | "session_id_in_use"
  | "conversation_not_found"
  | "not_logged_in"
  | "unknown_option"
  | "invalid_mcp_config"
  | "bypass_refused"
  | "output_closed"
  | "killed"
  | "failed";

export interface ExitReason {
  readonly code: ExitReasonCode;
  /** Null for an exit that needs no explanation. */
  readonly message: string | null;
}

export interface ExitFacts {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderrTail: string;
  /** The errors of the last result when that was an error. */
  readonly lastErrors: readonly string[];
  /** Its end was asked for: `stop` was called or its input was ended. */
  readonly stopRequested: boolean;
  /** It closed its stdout while it still ran. */
  readonly outputClosedEarly: boolean;
}

interface KnownFailure {
  readonly code: ExitReasonCode;
  readonly pattern: RegExp;
  /** What to do about it. */
  readonly advice: string;
}

/** The CLI refuses to start; said also when somebody gave up waiting and asked it to end. */
const refusals: readonly KnownFailure[] = [
  {
    code: "session_id_in_use",
    pattern: /Session ID .* is already in use|is open in another Claude Code process/u,
    advice: "Another session has this id already. Start without an id, or resume that session.",
  },
  {
    code: "conversation_not_found",
    pattern: /No conversation found with session ID|--resume requires a valid session ID/u,
    advice: "There is no such session in this directory. Check the id and the working directory, or start a new one.",
  },
  {
    code: "unknown_option",
    pattern: /error: unknown option|error: option .* is invalid/u,
    advice: "This version of the CLI does not know an option. Update it, or leave the option out.",
  },
  {
    code: "invalid_mcp_config",
    pattern: /Invalid MCP configuration/u,
    advice: "The MCP configuration cannot be read. Check the file's path or the JSON.",
  },
  {
    code: "bypass_refused",
    pattern: /dangerously-skip-permissions cannot be used with root/u,
    advice: "The CLI does not bypass permissions for the root user. Choose another permission mode.",
  },
];

const failures: readonly KnownFailure[] = [
  {
    code: "not_logged_in",
    pattern: /Not logged in|Please run \/login|Invalid API key|OAuth token (?:has expired|revoked)/u,
    advice: "The CLI is not logged in. Run `claude` in a terminal and log in, then try again.",
  },
];

/** As much of the CLI's own words as fits into one line of a notice. */
const MAX_QUOTED_CHARS = 500;

export function explainExit(facts: ExitFacts): ExitReason {
  const { exitCode, signal, stopRequested } = facts;
  if (facts.outputClosedEarly) return { code: "output_closed", message: OUTPUT_CLOSED };
  if (exitCode === 0) return { code: stopRequested ? "stopped" : "finished", message: null };
  if (signal === null) {
    const known = findKnown(stopRequested ? refusals : [...refusals, ...failures], facts);
    if (known !== undefined) return { code: known.code, message: known.advice };
  }
  if (stopRequested) return { code: "stopped", message: null };
  if (signal !== null) return { code: "killed", message: killedMessage(signal) };
  return { code: "failed", message: failedMessage(facts) };
}

const OUTPUT_CLOSED = "The process closed its output while it still ran. Resume the session to go on.";

function findKnown(
  candidates: readonly KnownFailure[],
  { stderrTail, lastErrors }: ExitFacts,
): KnownFailure | undefined {
  const evidence = [stderrTail, ...lastErrors].join("\n");
  return candidates.find(({ pattern }) => pattern.test(evidence));
}

function killedMessage(signal: string): string {
  const cause = signal === "SIGKILL" ? "by somebody, or by the system because memory ran out" : "from outside";
  return `The process was ended ${cause} (${signal}). Resume the session to go on.`;
}

function failedMessage({ exitCode, stderrTail, lastErrors }: ExitFacts): string {
  const words = lastErrors.at(-1) ?? lastLine(stderrTail);
  const ended = `The process ended with exit code ${String(exitCode)}`;
  if (words === "") return `${ended} and gave no reason. Resume the session to go on.`;
  return `${ended}: ${words.slice(0, MAX_QUOTED_CHARS)}`;
}

/** The last line that says something: reasons come last, after warnings. */
function lastLine(text: string): string {
  return (
    text
      .split("\n")
      .findLast((line) => line.trim() !== "")
      ?.trim() ?? ""
  );
}
