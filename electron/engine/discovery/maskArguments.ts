/**
 * Makes a command line fit to be shown: what may be a secret is masked, what is long is shortened. Pure.
 * Masking errs on the side of too much; a value is masked for its name, for its form, or for holding settings.
 */

const MASK = "***";

/** Enough to recognise a prompt or a path by. */
const MAX_ARGUMENT_LENGTH = 120;

/** A row of a table; the rest of a longer command line tells nobody anything. */
const MAX_COMMAND_LENGTH = 1_000;

/** Names of flags, variables and URL parameters whose values are secrets. */
const SECRET_NAME =
  /(?:api[-_.]?key|access[-_.]?key|private[-_.]?key|token|secret|passw(?:or)?d|passphrase|\bpwd\b|credential|authorization|\bauth\b|bearer|cookie|signature)/iu;

/** Flags with values in the form `Name: value`, some of which are secrets. */
const HEADER_FLAG = /^(?:-H|--headers?)$/u;

/** Flags whose values are texts or JSON that may hold anything at all. */
const CONTENT_FLAG =
  /^--(?:mcp-config|settings|agents|json-schema|(?:append-)?system-prompt(?:-file)?|append-subagent-system-prompt|prompt|input|message)$/u;

/** As much of such a text as tells what it is about. */
const MAX_CONTENT_LENGTH = 24;

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

const ASSIGNMENT = /^(-{0,2}[\w.-]+)=(.*)$/su;

/** The arguments as they may be shown, one for one. */
export function maskArguments(argv: readonly string[]): readonly string[] {
  // Once more over all of it: a name before a `=` is shown as it is, and may be anything.
  return argv.map((argument, index) => withoutSecretForms(maskOne(argument, argv[index - 1] ?? null)));
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

function maskOne(argument: string, previous: string | null): string {
  const flag = previous?.startsWith("-") === true && !previous.includes("=") ? previous : null;
  if (flag !== null && !argument.startsWith("--")) {
    if (SECRET_NAME.test(flag)) return MASK;
    if (HEADER_FLAG.test(flag)) return header(argument);
    if (CONTENT_FLAG.test(flag)) return content(argument);
  }
  const [, name, value] = ASSIGNMENT.exec(argument) ?? [];
  if (name === undefined || value === undefined) return plain(argument);
  if (SECRET_NAME.test(name)) return `${name}=${MASK}`;
  return `${name}=${CONTENT_FLAG.test(name) ? content(value) : plain(value)}`;
}

function header(text: string): string {
  const name = /^\s*([\w-]+)\s*:/u.exec(text)?.[1];
  return name === undefined ? MASK : `${name}: ${MASK}`;
}

/** A path is a path; JSON is only said to be some. */
function content(text: string): string {
  return shortened(plain(text), MAX_CONTENT_LENGTH);
}

function plain(text: string): string {
  const trimmed = text.trim();
  if (/^[[{]/u.test(trimmed) && trimmed.includes(":")) return "{…}";
  const masked = withoutInnerSecrets(withoutSecretForms(text));
  return shortened(masked.replaceAll(/\s+/gu, " "), MAX_ARGUMENT_LENGTH);
}

function withoutSecretForms(text: string): string {
  return SECRET_FORMS.reduce((rest, [form, mask]) => rest.replaceAll(form, mask), text);
}

/** `KEY=secret` and `password: secret` in the middle of a text. */
function withoutInnerSecrets(text: string): string {
  return text.replaceAll(/([\w.-]+)(\s?[=:]\s?)(?!\/\/)([^\s"'`,;&]+)/gu, (whole, name: string, sign: string) =>
    SECRET_NAME.test(name) ? `${name}${sign}${MASK}` : whole,
  );
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

function quoted(argument: string): string {
  return /^[^\s"'\\]+$/u.test(argument) ? argument : `"${argument.replaceAll('"', '\\"')}"`;
}
