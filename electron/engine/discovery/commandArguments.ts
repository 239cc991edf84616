/** What each argument of a claude process is, by the options that the CLI has (measured on 2.1.329). Pure. */
import { argumentsOfCliAt } from "./isClaudeProcess.ts";

/**
 * `shown`: the program, its script, a command, or a flag without a value. `value`: what a flag was given, `name` being
 * the flag. `flag`: both in one argument. `text`: words for the model, or anything else that stands alone.
 */
export type CommandArgument =
  | { readonly kind: "shown"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "value" | "flag"; readonly name: string; readonly text: string };

/** Flags that take no value: what follows stands alone. */
const FLAGS_ALONE: ReadonlySet<string> = new Set([
  ...["-p", "--print", "-c", "--continue", "--fork-session", "--verbose", "--bg", "--background", "--bare", "--brief"],
  ...["--allow-dangerously-skip-permissions", "--dangerously-skip-permissions", "--ax-screen-reader", "--chrome"],
  ...["--no-chrome", "--desktop", "--disable-slash-commands", "--exclude-dynamic-system-prompt-sections", "--ide"],
  ...["--forward-subagent-text", "--include-hook-events", "--include-partial-messages", "--no-session-persistence"],
  ...["--replay-user-messages", "--restricted", "--safe-mode", "--strict-mcp-config", "--tmux"],
]);

/** Flags that take values for as long as any follow. */
const FLAGS_WITH_MANY: ReadonlySet<string> = new Set([
  ...["--add-dir", "--allowedTools", "--allowed-tools", "--disallowedTools", "--disallowed-tools", "--betas", "--file"],
  ...["--mcp-config", "--tools"],
]);

/** Commands that processes with a session may have. */
const COMMANDS: ReadonlySet<string> = new Set(["agents", "attach", "gateway", "logs", "remote-control", "server"]);

const FLAG = /^(--?[a-z][\w-]*)(?:=(.*))?$/isu;

/** The arguments one for one, the program first. */
export function commandArguments(argv: readonly string[]): readonly CommandArgument[] {
  const begin = argumentsOfCliAt(argv);
  let flag: string | null = null;
  return argv.map((text, index): CommandArgument => {
    if (index < begin || (index === begin && COMMANDS.has(text))) return { kind: "shown", text };
    const [, name, value] = FLAG.exec(text) ?? [];
    if (name === undefined) {
      const taker = flag;
      if (taker === null || !FLAGS_WITH_MANY.has(taker)) flag = null;
      return taker === null ? { kind: "text", text } : { kind: "value", name: taker, text };
    }
    flag = value !== undefined || FLAGS_ALONE.has(name) ? null : name;
    return value === undefined ? { kind: "shown", text } : { kind: "flag", name, text: value };
  });
}
