/** Turns that did not come to their end: interrupted, failed, killed, or waiting for a person. */
import type { Situation, Stage, StartOptions } from "../situation.ts";
import { callIsWritten } from "../callIsWritten.ts";
import { isTextDelta, startsRunning, stopsRunning } from "../talk.ts";

const PLAN: StartOptions = { args: ["--permission-mode", "plan"] };

export const endingSituations: Readonly<Record<string, Situation>> = {
  interruptedTool: { play: interruptedTool },
  interruptedStream: { play: interruptedStream },
  error500: { play: (stage) => fails(stage, "error500", "ERROR_500 final") },
  error529: { play: (stage) => fails(stage, "error529", "ERROR_529 final") },
  error401: { play: (stage) => fails(stage, "error401", "ERROR_401 final") },
  planAllowed: { play: (stage) => plan(stage) },
  planOpen: {
    play: (stage) => leftOpen(stage, "planOpen", "PLAN a health check", { ...PLAN, leaveOpen: ["ExitPlanMode"] }),
  },
  questionAnswered: { play: questionAnswered },
  questionOpen: {
    play: (stage) => leftOpen(stage, "questionOpen", "ASK_QUESTION", { leaveOpen: ["AskUserQuestion"] }),
  },
  questionInWords: { play: questionInWords },
  permissionOpen: {
    play: (stage) => leftOpen(stage, "permissionOpen", "RUN_BASH: touch never", { leaveOpen: ["Bash"] }),
  },
  permissionDenied: { play: permissionDenied },
  killedInTool: { play: killedInTool },
  takenUpAfterKill: { play: takenUpAfterKill },
};

async function interruptedTool({ start, cwd }: Stage): Promise<void> {
  const talk = start("interruptedTool");
  await startsRunning(talk, cwd);
  const from = talk.driver.lines.length;
  await talk.control({ subtype: "interrupt" });
  await talk.settled(from);
  await talk.end();
}

async function interruptedStream({ start }: Stage): Promise<void> {
  const talk = start("interruptedStream");
  const delta = await talk.sayUntil("HANG", isTextDelta);
  await talk.control({ subtype: "interrupt" });
  await talk.settled(talk.driver.lines.indexOf(delta));
  await talk.end();
}

async function fails({ start }: Stage, label: string, prompt: string): Promise<void> {
  const talk = start(label);
  await talk.say("SAY before");
  await talk.say(prompt);
  await talk.end();
}

async function plan({ start }: Stage): Promise<void> {
  const talk = start("planAllowed", PLAN);
  await talk.say("PLAN a health check");
  await talk.end();
}

async function questionAnswered({ start }: Stage): Promise<void> {
  const talk = start("questionAnswered");
  await talk.say("ASK_QUESTION");
  await talk.end();
}

async function questionInWords({ start }: Stage): Promise<void> {
  const talk = start("questionInWords");
  await talk.say("SAY Shall I go on? The regular expression is `a+?`.");
  await talk.end();
}

/** The request stands, its call is written down, and the process is killed. */
async function leftOpen(stage: Stage, label: string, prompt: string, options: StartOptions): Promise<void> {
  const talk = stage.start(label, options);
  talk.driver.say(prompt);
  for (const tool of options.leaveOpen ?? []) await callIsWritten(stage, label, tool);
  await talk.kill();
}

async function permissionDenied({ start }: Stage): Promise<void> {
  const talk = start("permissionDenied", { args: ["--permission-mode", "dontAsk"] });
  await talk.say("RUN_BASH: touch never");
  await talk.end();
}

async function killedInTool(stage: Stage): Promise<void> {
  await killInTool(stage, "killedInTool");
}

async function takenUpAfterKill(stage: Stage): Promise<void> {
  await killInTool(stage, "takenUpAfterKill");
  const talk = stage.resume("takenUpAfterKill");
  await talk.say("SAY here again");
  await talk.end();
}

async function killInTool(stage: Stage, label: string): Promise<void> {
  const talk = stage.start(label);
  await startsRunning(talk, stage.cwd);
  await callIsWritten(stage, label, "Bash");
  await talk.kill();
  // A killed process leaves its tools running.
  await stopsRunning(stage.cwd);
}
