/** Plain turns: tools, edits, thinking, usage, models, texts of all scripts, attachments, hooks, commands. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Situation, Stage } from "../situation.ts";
import { isQueued, startsRunning, stopsRunning } from "../talk.ts";

const TODOS = [
  { content: "Write it", status: "completed", activeForm: "Writing it" },
  { content: "Test it", status: "in_progress", activeForm: "Testing it" },
];

/** One transparent pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

const EDITS = { args: ["--permission-mode", "acceptEdits"] };

export const turnSituations: Readonly<Record<string, Situation>> = {
  tools: { isGit: true, play: tools },
  todos: { play: todos },
  thinking: { play: (stage) => says(stage, "thinking", ["THINK about the weather"]) },
  usage: {
    play: (stage) =>
      says(stage, "usage", [
        "USAGE input=1000 output=200 read=300 write5m=40 write1h=50 search=2",
        "USAGE input=1 output=2 model=claude-haiku-4-5",
      ]),
  },
  twoModels: { play: twoModels },
  texts: {
    play: (stage) =>
      says(stage, "texts", [
        "SAY 全角の文字と、句読点。",
        "SAY مرحبا بالعالم — שלום",
        "SAY 👩‍👩‍👧‍👦 family, e\u0301 combined, \u{1F3F3}\uFE0F\u200D\u{1F308}",
        'SAY "quotes", back\\slash, \ttab, <b>&amp;</b>, \u2028 line separator',
      ]),
  },
  image: { play: image },
  mention: { play: mention },
  bigResult: { play: (stage) => says(stage, "bigResult", ["RUN_BASH: seq 1 20000"]) },
  hooks: { play: hooks },
  hooksInTheWay: { play: hooksInTheWay },
  commands: { play: commands },
  silentContext: { play: silentContext },
  queued: { play: queued },
  customTitle: { play: customTitle },
  named: { play: named },
  clear: { play: clear },
  changedDirectory: { isGit: true, play: changedDirectory },
  worktree: { isGit: true, play: worktree },
  pullRequest: { isGit: true, play: pullRequest },
  enteredWorktree: { isGit: true, play: enteredWorktree },
};

async function says({ start }: Stage, label: string, prompts: readonly string[]): Promise<void> {
  const talk = start(label);
  for (const prompt of prompts) await talk.say(prompt);
  await talk.end();
}

async function tools({ start, cwd }: Stage): Promise<void> {
  await writeFile(join(cwd, "note.txt"), "first line\nsecond line\n");
  const talk = start("tools", EDITS);
  await talk.say("SAY hello");
  await talk.say("TWO_BASH: echo one ;; echo two");
  await talk.say(`WRITE_FILE ${cwd}/new.txt one line`);
  await talk.say(`EDIT_FILE ${cwd}/note.txt first line ;; 1st line, changed`);
  await talk.say("CALL_TOOL NoSuchTool {}");
  await talk.say("RUN_BASH: echo broken >&2; exit 3");
  await talk.end();
}

/** The list of what is to do; its tools are switched off for headless sessions (2.1.329). */
async function todos({ start }: Stage): Promise<void> {
  const talk = start("todos", { env: { CLAUDE_CODE_ENABLE_TODO_TOOLS: "1", CLAUDE_CODE_ENABLE_TASKS: "0" } });
  await talk.say(`CALL_TOOL TodoWrite ${JSON.stringify({ todos: TODOS })}`);
  await talk.end();
}

async function twoModels({ start }: Stage): Promise<void> {
  const talk = start("twoModels");
  await talk.say("SAY one");
  await talk.control({ subtype: "set_model", model: "claude-haiku-4-5" });
  await talk.say("SAY two");
  await talk.end();
}

async function image({ start }: Stage): Promise<void> {
  const talk = start("image");
  const source = { type: "base64", media_type: "image/png", data: PIXEL };
  await talk.say([
    { type: "text", text: "SAY a pixel" },
    { type: "image", source },
  ]);
  await talk.say([{ type: "image", source }]);
  await talk.end();
}

async function mention({ start, cwd }: Stage): Promise<void> {
  await writeFile(join(cwd, "note.txt"), "mentioned\n");
  const talk = start("mention");
  await talk.say("SAY what does @note.txt say");
  await talk.end();
}

async function hooks({ start }: Stage): Promise<void> {
  const context = (event: string) =>
    JSON.stringify({ hookSpecificOutput: { hookEventName: event, additionalContext: `From ${event}` } });
  const hook = (event: string) => [{ matcher: "", hooks: [{ type: "command", command: `echo '${context(event)}'` }] }];
  const stop = [{ matcher: "", hooks: [{ type: "command", command: "echo stopped" }] }];
  const settings = {
    hooks: { UserPromptSubmit: hook("UserPromptSubmit"), PostToolUse: hook("PostToolUse"), Stop: stop },
  };
  const talk = start("hooks", { args: ["--settings", JSON.stringify(settings)] });
  await talk.say("RUN_BASH: echo hooked");
  await talk.end();
}

/** A hook refuses a tool, one fails, and one keeps the session from stopping, once. */
async function hooksInTheWay({ start }: Stage): Promise<void> {
  const command = (line: string, matcher = "") => [{ matcher, hooks: [{ type: "command", command: line }] }];
  const goOn = `grep -q '"stop_hook_active":true' || echo '{"decision":"block","reason":"SAY gone on"}'`;
  const settings = {
    hooks: {
      PreToolUse: command("echo not today >&2; exit 2", "Bash"),
      UserPromptSubmit: command("echo broken >&2; exit 1"),
      Stop: command(goOn),
    },
  };
  const talk = start("hooksInTheWay", { args: ["--settings", JSON.stringify(settings)] });
  await talk.say("RUN_BASH: echo hooked");
  await talk.end();
}

async function commands({ start, cwd }: Stage): Promise<void> {
  await mkdir(join(cwd, ".claude", "commands"), { recursive: true });
  await writeFile(join(cwd, ".claude", "commands", "greet.md"), "SAY greetings to $ARGUMENTS\n");
  const talk = start("commands");
  await talk.say("/usage");
  await talk.say("/greet the world");
  await talk.end();
}

async function silentContext({ start }: Stage): Promise<void> {
  const talk = start("silentContext");
  await talk.say("The build is green", { shouldQuery: false });
  await talk.say("SAY noted");
  await talk.end();
}

async function queued({ start, cwd }: Stage): Promise<void> {
  const talk = start("queued");
  const { driver } = talk;
  await startsRunning(talk, cwd);
  const next = driver.say("Mind the gap");
  await driver.waitFor(isQueued(next));
  const later = driver.say("SAY later", { priority: "later" });
  await driver.waitFor(isQueued(later));
  await stopsRunning(cwd);
  await driver.waitFor((fields) => fields["command_uuid"] === later && fields["state"] === "completed");
  await talk.end();
}

async function customTitle({ start }: Stage): Promise<void> {
  const talk = start("customTitle");
  await talk.say("SAY one");
  await talk.control({ subtype: "rename_session", title: "A chosen title" });
  await talk.say("SAY two");
  await talk.end();
}

async function named({ start }: Stage): Promise<void> {
  const talk = start("named", { args: ["--name", "Named at the start"] });
  await talk.say("SAY one");
  await talk.end();
}

async function clear({ start }: Stage): Promise<void> {
  const talk = start("clear");
  await talk.say("SAY before");
  await talk.say("/clear");
  await talk.say("SAY after");
  await talk.end();
}

async function changedDirectory({ start, cwd }: Stage): Promise<void> {
  await mkdir(join(cwd, "inner"));
  const talk = start("changedDirectory", EDITS);
  await talk.say("RUN_BASH: cd inner && git switch -q -c topic");
  await talk.say("SAY inside");
  await talk.end();
}

async function worktree({ start }: Stage): Promise<void> {
  const talk = start("worktree", { args: ["--worktree", "side"] });
  await talk.say("RUN_BASH: pwd");
  await talk.end();
}

async function enteredWorktree({ start }: Stage): Promise<void> {
  const talk = start("enteredWorktree");
  await talk.say("SAY outside");
  await talk.say('CALL_TOOL EnterWorktree {"name":"aside"}');
  await talk.say("SAY inside");
  await talk.end();
}

/** A stand-in for GitHub's command line tells of a pull request; the CLI takes its address from there. */
async function pullRequest({ start, cwd }: Stage): Promise<void> {
  await mkdir(join(cwd, "bin"));
  await writeFile(join(cwd, "bin", "gh"), "#!/bin/sh\necho https://github.com/me/app/pull/7\n", { mode: 0o755 });
  const talk = start("pullRequest");
  await talk.say(`RUN_BASH: PATH=${cwd}/bin:$PATH; gh pr create --title Hello --body World`);
  await talk.end();
}
