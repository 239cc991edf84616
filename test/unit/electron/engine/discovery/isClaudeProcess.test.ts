import { expect, test } from "vitest";
import { isClaudeProcess, mayBeClaude } from "../../../../../electron/engine/discovery/isClaudeProcess.ts";

test.each<readonly [boolean, string, readonly string[]]>([
  [true, "the native binary", ["claude"]],
  [true, "with a path and arguments", ["/home/dev/.local/bin/claude", "--resume", "x", "mcp"]],
  [true, "by its version", ["/home/dev/.local/share/claude/versions/2.1.329", "--print"]],
  [true, "from the npm package", ["/repo/node_modules/@anthropic-ai/claude-code/bin/claude.exe", "--print"]],
  [true, "on Windows", ["C:\\Users\\dev\\.local\\bin\\claude.exe"]],
  [
    true,
    "inside an editor's extension",
    [
      "/home/dev/.vscode/extensions/anthropic.claude-code-2.1.329/resources/native-binary/claude",
      "--output-format",
      "stream-json",
    ],
  ],
  [
    true,
    "an older version on Node",
    ["node", "--no-warnings", "/usr/lib/node_modules/@anthropic-ai/claude-code/cli.js", "-p", "go"],
  ],
  [true, "an older version by its link", ["node", "/usr/local/bin/claude"]],
  [
    true,
    "an older version on Bun, Windows",
    ["C:\\bun\\bun.exe", "C:\\npm\\node_modules\\@anthropic-ai\\claude-code\\cli.mjs"],
  ],
  [false, "a command without a session", ["claude", "mcp", "serve"]],
  [false, "an update", ["claude", "update"]],
  [false, "a question for the version", ["claude", "--version"]],
  [false, "a browser's helper", ["/home/dev/.local/bin/claude", "--chrome-native-host"]],
  [false, "a helper of the CLI's own", ["claude", "--claude-in-chrome-mcp"]],
  [false, "the desktop app on macOS", ["/Applications/Claude.app/Contents/MacOS/Claude"]],
  [
    false,
    "a helper of the desktop app",
    ["/Applications/Claude.app/Contents/Frameworks/Claude Helper.app/Contents/MacOS/Claude Helper", "--type=renderer"],
  ],
  [
    false,
    "the desktop app on Windows",
    ["C:\\Users\\dev\\AppData\\Local\\AnthropicClaude\\app-1.2.3\\claude.exe", "--type=gpu-process"],
  ],
  [false, "a tool inside the executable, by another name", ["rg", "--files", "claude"]],
  [false, "a shell that mentions it", ["/bin/bash", "-c", "claude -p go"]],
  [false, "tmux that started it", ["tmux", "new-session", "claude"]],
  [false, "our own reaper", ["/usr/bin/node", "/opt/switchboard/dist/electron/reaperMain.js"]],
  [false, "our own host", ["node", "electron/headless.ts"]],
  [false, "a script of the same folder", ["node", "/home/dev/claude-code/server.js"]],
  [false, "a runtime alone", ["node"]],
  [false, "nothing", []],
])("%s: %s", (expected, _name, argv) => {
  expect(isClaudeProcess(argv)).toBe(expected);
});

test.each([
  [true, "claude"],
  [true, "claude.exe"],
  [true, "node"],
  [true, "Node.exe"],
  [true, "2.1.329"],
  [false, "Claude"],
  [false, "claude-desktop"],
  [false, "bash"],
  [false, ""],
])("%s: may be one by the name %j", (expected, name) => {
  expect(mayBeClaude(name)).toBe(expected);
});
