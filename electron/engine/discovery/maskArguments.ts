/**
 * Makes a command line fit to be shown: what was said to the model and what may be a secret is masked, what is long is
 * shortened. Pure.
 * Masking errs on the side of too much: of a flag that is not known here only a value of a harmless form is shown.
 */
import { commandArguments, type CommandArgument } from "./commandArguments.ts";

const MASK = "***";

/** Enough to recognise a name or a path by. */
const MAX_ARGUMENT_LENGTH = 120;

/** A row of a table; the rest of a longer command line tells nobody anything. */
const MAX_COMMAND_LENGTH = 1_000;

/** Names of flags, variables and URL parameters whose values are secrets. */
const SECRET_NAME =
  /(?:(?:api|access|private)[-_. ]?key|token|secret|passw(?:or)?d|passphrase|\bpwd\b|credential|authorization|\bauth\b|bearer|cookie|signature)/iu;

/** `KEY=secret`, `password: secret`, `the password is secret` and `password secret` in the middle of a text. */
const INNER_SECRET = new RegExp(
  `([\\w.-]*${SECRET_NAME.source}[\\w.-]*)(\\s+(?:is|was)\\s+["'\`]?|\\s?[=:]\\s?["'\`]?|\\s+["'\`]?)(?!\\/\\/)[^\\s"'\`,;&]+`,
  "giu",
);

/** Flags with values in the form `Name: value`, some of which are secrets. */
const HEADER_FLAG = /^(?:-H|--headers?)$/u;

/** Flags whose values are words for a model. */
const PROMPT_FLAG =
  /^--(?:(?:append-)?(?:subagent-)?system-prompt|append-subagent-system-prompt|prompt|input|message)$/u;

/** Flags whose values are files, or JSON that may hold anything at all. */
const FILE_OR_JSON_FLAG = /^--(?:mcp-config|settings|agents|json-schema|(?:append-)?system-prompt-file|file)$/u;

/** Flags whose values say how a session runs, and are short. */
const PLAIN_FLAG = new RegExp(
  `^(?:-[nw]|--(?:${[
    ...["agent", "autocompact", "effort", "name"],
    ...["model", "fallback-model", "(?:input|output)-format", "permission-(?:mode|prompts|prompt-tool)", "max-.*"],
    ...["session-id", "setting-sources", "worktree", "plugin-dir", "debug", "debug-file", "type"],
  ].join("|")}))$`,
  "iu",
);

/** Numbers, ids, paths and addresses. */
const HARMLESS_FORM =
  /^(?:[\d.,:]+|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?:~|\.{1,2}|[a-z]:)?[/\\]\S*|https?:\/\/\S+)$/iu;

const NAME_FLAG = /^(?:-n|--name)$/u;

const TOOLS_FLAG = /^--(?:dis)?(?:allowed-?)?tools$/iu;

/** Lists of tools have spaces, e.g. `Bash(git *) Edit`; other values of flags with spaces are more than they say. */
const TOOL = String.raw`(?:[A-Z]\w*|mcp__[\w*-]+|default)(?:\([^)]*\))?`;
const TOOLS = new RegExp(String.raw`^${TOOL}(?:[\s,]+${TOOL})*$`, "u");

/** What is a secret wherever it stands. */
const SECRET_FORMS: readonly (readonly [RegExp, string])[] = [
  [/sk-ant-[^\s"'`,;:)}\]]*/giu, MASK],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/giu, `$1 ${MASK}`],
  [/\bsk-[\w-]{16,}/gu, MASK],
  [/\b(?:gh[opsur]_|github_pat_|glpat-|xox[abeprs]-|npm_|AKIA|AIza)[\w-]{8,}/gu, MASK],
  [/\beyJ[\w-]{8,}(?:\.[\w-]+){1,2}/gu, MASK],
  [/([a-z][\w+.-]*:\/\/)[^\s/@]+@/giu, `$1${MASK}@`],
  [/([?&][^=&\s]*(?:key|token|secret|password|signature|auth|code)[^=&\s]*=)[^&\s#]+/giu, `$1${MASK}`],
];

const ASSIGNMENT = /^([\w.-]+)=(\S*)$/su;

/** The arguments as they may be shown; words that stand alone side by side are one text. */
export function maskArguments(argv: readonly string[]): readonly string[] {
  const shown: string[] = [];
  let characters: number | null = null;
  const endText = (): void => {
    if (characters !== null) shown.push(withheld("prompt", characters));
    characters = null;
  };
  for (const argument of commandArguments(argv)) {
    const isAssignment = ASSIGNMENT.test(argument.text);
    if (argument.kind === "text" && !isAssignment) {
      characters = argument.text.length + (characters === null ? 0 : characters + 1);
      continue;
    }
    endText();
    // Once more over all of it: a name before a `=` is shown as it is, and may be anything.
    shown.push(withoutSecretForms(maskOne(argument)));
  }
  endText();
  return shown;
}

/** A command line of arguments, masked, as one line in the notation of a shell. */
export function maskedCommand(argv: readonly string[]): string {
  const line = maskArguments(argv).map(quoted).join(" ");
  return shortened(line, MAX_COMMAND_LENGTH);
}

/** Takes a command line apart where the system tells it as one text only; quotes bind, as far as there are any. */
export function splitCommandLine(line: string): readonly string[] {
  const parts = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+|["']/gu) ?? [];
  return parts.map((part) => part.replaceAll(/"([^"]*)"|'([^']*)'/gu, "$1$2"));
}

function maskOne(argument: CommandArgument): string {
  const { kind, text } = argument;
  if (kind === "shown") return text.startsWith("--") ? plain(text) : shortFlag(plain(text));
  if (kind === "value") return maskValue(argument.name, text);
  if (kind === "flag") return `${argument.name}=${maskValue(argument.name, text)}`;
  const [, name = "", value = ""] = ASSIGNMENT.exec(text) ?? [];
  return `${name}=${SECRET_NAME.test(name) ? MASK : maskValue(name, value)}`;
}

/** A short flag may have its value right behind it, e.g. `-r<id>`. */
function shortFlag(text: string): string {
  const [, flag, value] = /^(-[a-z])(.{3,})$/isu.exec(text) ?? [];
  return flag === undefined || value === undefined ? text : `${flag}${maskValue("", value)}`;
}

function maskValue(flag: string, text: string): string {
  if (SECRET_NAME.test(flag)) return MASK;
  if (HEADER_FLAG.test(flag)) return header(text);
  if (PROMPT_FLAG.test(flag)) return withheld("prompt", text.length);
  if (/^\s*[[{]/u.test(text)) return "{…}";
  const isOneWord = !/\s/u.test(text);
  if (FILE_OR_JSON_FLAG.test(flag) && isOneWord) return plain(text);
  const isPlain = PLAIN_FLAG.test(flag) && (isOneWord || NAME_FLAG.test(flag));
  const isTools = TOOLS_FLAG.test(flag) && TOOLS.test(text);
  return isPlain || isTools || HARMLESS_FORM.test(text) ? plain(text) : withheld("value", text.length);
}

/** How long a text is tells which one it is to whoever wrote it, and nothing to others. */
function withheld(what: "prompt" | "value", length: number): string {
  return `<${what}, ${String(length)} character${length === 1 ? "" : "s"}>`;
}

function header(text: string): string {
  const name = /^\s*([\w-]+)\s*:/u.exec(text)?.[1];
  return name === undefined ? MASK : `${name}: ${MASK}`;
}

function plain(text: string): string {
  const masked = withoutInnerSecrets(withoutSecretForms(text));
  return shortened(masked.replaceAll(/\s+/gu, " "), MAX_ARGUMENT_LENGTH);
}

function withoutSecretForms(text: string): string {
  return SECRET_FORMS.reduce((rest, [form, mask]) => rest.replaceAll(form, mask), text);
}

function withoutInnerSecrets(text: string): string {
  return text.replaceAll(INNER_SECRET, `$1$2${MASK}`);
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

function quoted(argument: string): string {
  return /^[^\s"'\\]+$/u.test(argument) ? argument : `"${argument.replaceAll('"', '\\"')}"`;
}
