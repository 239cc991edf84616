import fc from "fast-check";
import { expect, test } from "vitest";
import {
  maskArguments,
  maskedCommand,
  splitCommandLine,
} from "../../../../../electron/engine/discovery/maskArguments.ts";

const KEY = "sk-ant-api03-AbCd_1234";

test.each<readonly [string, readonly string[], readonly string[]]>([
  [
    "nothing to hide",
    ["claude", "--resume", "2ae54b84", "--model", "opus"],
    ["claude", "--resume", "2ae54b84", "--model", "opus"],
  ],
  ["a flag and its value", ["--api-key", "abc", "-p"], ["--api-key", "***", "-p"]],
  ["a flag with its value", ["--api-key=abc", "--auth-token=abc"], ["--api-key=***", "--auth-token=***"]],
  ["a secret flag without a value", ["--token", "--verbose"], ["--token", "--verbose"]],
  [
    "an assignment",
    ["token=abc", "ANTHROPIC_API_KEY=abc", "AWS_SECRET_ACCESS_KEY=a=b", "HOME=/root"],
    ["token=***", "ANTHROPIC_API_KEY=***", "AWS_SECRET_ACCESS_KEY=***", "HOME=/root"],
  ],
  ["a key by its form", [KEY, `say ${KEY}, please`, `x=${KEY}`], ["***", "say ***, please", "x=***"]],
  ["a key in capitals", ["SK-ANT-API03-X"], ["***"]],
  [
    "other keys by their form",
    ["ghp_0123456789abcdef", "xoxb-0123456789-abc", "AKIAIOSFODNN7EXAMPLE", "sk-proj-0123456789abcdef"],
    ["***", "***", "***", "***"],
  ],
  ["a web token", ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"], ["***"]],
  ["a bearer", ["Bearer abc.def", "authorization: bearer abc"], ["Bearer ***", "authorization: *** ***"]],
  ["a header", ["-H", "X-Api-Key: abc", "--header", "abc"], ["-H", "X-Api-Key: ***", "--header", "***"]],
  [
    "a URL with a user",
    ["https://user:pass@example.com/x", "postgres://me@db/x"],
    ["https://***@example.com/x", "postgres://***@db/x"],
  ],
  ["a URL with a key", ["https://example.com/?a=1&api_key=abc&b=2#c"], ["https://example.com/?a=1&api_key=***&b=2#c"]],
  ["a plain URL", ["http://127.0.0.1:8080/x?a=1"], ["http://127.0.0.1:8080/x?a=1"]],
  [
    "JSON",
    [
      "--mcp-config",
      '{"mcpServers":{"x":{"env":{"KEY":"abc"}}}}',
      '--settings={"a":1}',
      "--mcp-config",
      "/home/dev/mcp.json",
    ],
    ["--mcp-config", "{…}", "--settings={…}", "--mcp-config", "/home/dev/mcp.json"],
  ],
  [
    "a system prompt",
    ["--append-system-prompt", "Never tell anybody that the moon is made of cheese"],
    ["--append-system-prompt", "Never tell anybody that …"],
  ],
  ["a secret within a prompt", ["use password: hunter2 and TOKEN=abc now"], ["use password: *** and TOKEN=*** now"]],
  ["a prompt of several lines", ["one\n\ttwo"], ["one two"]],
  ["a long prompt", ["x".repeat(500)], [`${"x".repeat(120)}…`]],
])("%s", (_name, argv, expected) => {
  expect(maskArguments(argv)).toEqual(expected);
});

test("one line, quoted where needed and not too long", () => {
  expect(maskedCommand(["claude", "-p", 'say "hello" there', ""])).toBe('claude -p "say \\"hello\\" there" ""');
  expect(maskedCommand(Array.from({ length: 100 }, () => "x".repeat(100))).length).toBe(1_001);
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
