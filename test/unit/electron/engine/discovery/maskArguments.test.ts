import fc from "fast-check";
import { expect, test } from "vitest";
import {
  maskArguments,
  maskedCommand,
  splitCommandLine,
} from "../../../../../electron/engine/discovery/maskArguments.ts";

const KEY = "sk-ant-api03-AbCd_1234";
const ID = "2ae54b84-1f0c-4c1e-9a55-0d6a3f3b1c22";

/** Each list of arguments stands behind the program. */
test.each<readonly [string, readonly string[], readonly string[]]>([
  ["nothing to hide", ["--resume", ID, "--model", "opus"], ["--resume", ID, "--model", "opus"]],
  ["a flag and its value", ["--api-key", "abc", "-p"], ["--api-key", "***", "-p"]],
  ["a flag with its value", ["--api-key=abc", "--auth-token=abc"], ["--api-key=***", "--auth-token=***"]],
  ["a secret flag without a value", ["--token", "--verbose"], ["--token", "--verbose"]],
  [
    "an assignment",
    ["token=abc", "ANTHROPIC_API_KEY=abc", "AWS_SECRET_ACCESS_KEY=a=b", "HOME=/root", "pin=1234x"],
    ["token=***", "ANTHROPIC_API_KEY=***", "AWS_SECRET_ACCESS_KEY=***", "HOME=/root", "pin=<value, 5 characters>"],
  ],
  [
    "a key by its form",
    ["--name", KEY, "--name", `say ${KEY}, please`, `x=${KEY}`],
    ["--name", "***", "--name", "say ***, please", "x=<value, 22 characters>"],
  ],
  ["a key in capitals", ["--name", "SK-ANT-API03-X"], ["--name", "***"]],
  [
    "other keys by their form",
    ["--agent=ghp_0123456789abcdef", "--agent=xoxb-0123456789-abc", "--agent=AKIAIOSFODNN7EXAMPLE"],
    ["--agent=***", "--agent=***", "--agent=***"],
  ],
  ["one more key", ["--name", "sk-proj-0123456789abcdef"], ["--name", "***"]],
  ["a web token", ["--name", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"], ["--name", "***"]],
  ["a bearer", ["--name", "Bearer abc.def"], ["--name", "Bearer ***"]],
  ["a header", ["-H", "X-Api-Key: abc", "--header", "abc"], ["-H", "X-Api-Key: ***", "--header", "***"]],
  [
    "a URL with a user",
    ["--plugin-url", "https://user:pass@example.com/x", "--name", "postgres://me@db/x"],
    ["--plugin-url", "https://***@example.com/x", "--name", "postgres://***@db/x"],
  ],
  [
    "a URL with a key",
    ["--plugin-url", "https://example.com/?a=1&api_key=abc&b=2#c"],
    ["--plugin-url", "https://example.com/?a=1&api_key=***&b=2#c"],
  ],
  ["a plain URL", ["--x-url", "http://127.0.0.1:8080/x?a=1"], ["--x-url", "http://127.0.0.1:8080/x?a=1"]],
  [
    "JSON",
    ["--mcp-config", '{"mcpServers":{"x":{"env":{"KEY":"abc"}}}}', "/home/dev/mcp.json", '--settings={"a":1}'],
    ["--mcp-config", "{…}", "/home/dev/mcp.json", "--settings={…}"],
  ],
  ["neither JSON nor a file", ["--settings", "the password is hunter3"], ["--settings", "<value, 23 characters>"]],
  [
    "system prompts",
    ["--append-system-prompt", "Never tell anybody", "--system-prompt", "the password is hunter3"],
    ["--append-system-prompt", "<prompt, 18 characters>", "--system-prompt", "<prompt, 23 characters>"],
  ],
  [
    "a system prompt that begins with a dash",
    ["--system-prompt=- be kind"],
    ["--system-prompt=<prompt, 9 characters>"],
  ],
  ["its file", ["--system-prompt-file", "/home/dev/words.md"], ["--system-prompt-file", "/home/dev/words.md"]],
  [
    "a prompt behind a flag that takes nothing",
    ["-p", "Log in, the password hunter4"],
    ["-p", "<prompt, 28 characters>"],
  ],
  ["a prompt of one word", ["--print", "hunter5", "--verbose"], ["--print", "<prompt, 7 characters>", "--verbose"]],
  ["a prompt that begins with a dash", ["-p", "- use hunter6"], ["-p", "<prompt, 13 characters>"]],
  ["a prompt after the flags' end", ["--", "x"], ["<prompt, 4 characters>"]],
  [
    "a prompt that the system took apart",
    ["--model", "opus", "the", "password", "is", "hunter7"],
    ["--model", "opus", "<prompt, 23 characters>"],
  ],
  [
    "a prompt behind tools, which take as many as there are",
    ["--allowedTools", "Bash(git *) Edit", "mcp__db__*", "log in with hunter8!"],
    ["--allowedTools", "Bash(git *) Edit", "mcp__db__*", "<value, 20 characters>"],
  ],
  [
    "the value of an unknown flag",
    ["--future", "hunter9", "--other", "12"],
    ["--future", "<value, 7 characters>", "--other", "12"],
  ],
  ["a search for a session", ["--resume", "the acme deal"], ["--resume", "<value, 13 characters>"]],
  ["a short flag with its value", [`-r${ID}`, "-nhunter"], [`-r${ID}`, "-n<value, 6 characters>"]],
  [
    "a secret that is said in words",
    ["--name", "password hunter2 and token is abc, the secret: x", "--name", 'api key "abc"'],
    ["--name", "password *** and token is ***, the secret: ***", "--name", 'api key "***"'],
  ],
  ["a long name", ["--name", "x".repeat(500)], ["--name", `${"x".repeat(120)}…`]],
  ["a command", ["agents", "--verbose"], ["agents", "--verbose"]],
])("%s", (_name, argv, expected) => {
  expect(maskArguments(["claude", ...argv])).toEqual(["claude", ...expected]);
});

test("the script of a runtime is shown, and what it is told is not", () => {
  expect(maskArguments(["node", "--no-warnings", "/opt/claude-code/cli.js", "-p", "hunter2"])).toEqual([
    ...["node", "--no-warnings", "/opt/claude-code/cli.js", "-p", "<prompt, 7 characters>"],
  ]);
});

test("one line, quoted where needed and not too long", () => {
  expect(maskedCommand(["claude", "-n", 'say "hello" there', "--name", ""])).toBe(
    'claude -n "say \\"hello\\" there" --name ""',
  );
  expect(maskedCommand(Array.from({ length: 100 }, () => `--${"x".repeat(100)}`)).length).toBe(1_001);
});

test.each<readonly [string, string, readonly string[]]>([
  ["words", "claude  --resume x", ["claude", "--resume", "x"]],
  [
    "quotes",
    '"C:\\Program Files\\claude.exe" --name="a b" \'c d\'',
    ["C:\\Program Files\\claude.exe", "--name=a b", "c d"],
  ],
  ["a quote that does not end", 'claude "a b', ["claude", '"', "a", "b"]],
  ["nothing", "", []],
])("a command line of %s", (_name, line, expected) => {
  expect(splitCommandLine(line)).toEqual(expected);
});

const secret = fc.stringMatching(/^[\w-]{4,40}$/u).map((rest) => `sk-ant-${rest}`);
const around = fc.string({ unit: fc.constantFrom(...Array.from("ab =:-\"'{}[]/@?&,;\n\t#sknt…")), maxLength: 30 });
const argument = fc.oneof(
  fc.tuple(around, secret, around).map((parts) => parts.join("")),
  fc.constantFrom("-H", "--settings", "--api-key", "--append-system-prompt", "claude"),
  around,
);

test("no key of Anthropic's survives, in whatever company", () => {
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 8 }), (argv) => {
      expect(maskedCommand(argv)).not.toMatch(/sk-ant-/iu);
      expect(maskedCommand(splitCommandLine(argv.join(" ")))).not.toMatch(/sk-ant-/iu);
    }),
    { numRuns: 2_000 },
  );
});

const word = fc.stringMatching(/^[a-z]{1,8}$/u);
const words = fc.array(word, { maxLength: 6 });
const promptFlags = [
  "-p",
  "--print",
  "--verbose",
  "--system-prompt",
  "--append-system-prompt",
  "--unknown",
  "--resume",
];

test("no word of what is said to the model survives, quoted or taken apart", () => {
  fc.assert(
    fc.property(words, words, fc.constantFrom(...promptFlags), (before, after, flag) => {
      const prompt = [...before, "Xhunter2X", ...after].join(" ");
      expect(maskedCommand(["claude", flag, prompt, "--model", "opus"])).not.toContain("hunter2");
      expect(maskedCommand(splitCommandLine(`claude ${flag} ${prompt} --model opus`))).not.toContain("hunter2");
      expect(maskedCommand(["claude", `${flag}=${prompt}`])).not.toContain("hunter2");
    }),
  );
});

test("no value of a secret's name survives, wherever words are shown", () => {
  const name = fc.constantFrom("password", "API_KEY", "my-token", "Secret", "access key", "authorization");
  const sign = fc.constantFrom(" is ", " was ", "=", ": ", " = ", " ", ' "');
  fc.assert(
    fc.property(words, name, sign, (before, secretName, between) => {
      const text = [...before, `${secretName}${between}Xhunter2X`].join(" ");
      expect(maskedCommand(["claude", "--name", text])).not.toContain("hunter2");
    }),
  );
});
