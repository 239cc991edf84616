/** What sessions can do that costs, and what the ledger has to tell of each. Played with the real CLI. */
import { killProcess } from "./killProcess.ts";
import { rawUsagePrompt } from "./ledgerScenes.ts";
import { type LedgerStage, until } from "./ledgerStage.ts";

export interface LedgerPlay {
  /** Answers the session that the expectations speak of. */
  readonly play: (stage: LedgerStage) => Promise<string>;
  readonly expects: {
    readonly messages: number;
    readonly subagentMessages?: number;
    readonly unpriced?: number;
    /** What the CLI charged beyond the messages, by the text that began the turn. */
    readonly unattributed?: Readonly<Record<string, number>>;
    readonly reason?: string;
    /** What the total began with. */
    readonly baselineUsd?: number;
    /** Where the CLI's last total speaks of a part of the session only. */
    readonly costUsd?: number;
  };
}

const agent = (prompt: string, description: string) => ({
  name: "Agent",
  input: { description, prompt, subagent_type: "general-purpose", run_in_background: false },
});
const TWO_AGENTS = [agent("RUN_BASH: echo first", "First of two"), agent("RUN_BASH: echo second", "Second of two")];

/** A conversation that is far beyond every model's context: the CLI compacts it before the next turn. */
const OVERFULL = {
  ...{ input_tokens: 3_000_000, output_tokens: 20, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 },
};

function says(...prompts: readonly string[]): LedgerPlay["play"] {
  return async ({ start, say }) => {
    const sessionId = await start();
    for (const prompt of prompts) await say(sessionId, prompt);
    return sessionId;
  };
}

export const ledgerPlays: Readonly<Record<string, LedgerPlay>> = {
  "a sub-agent": { play: says("SUBAGENT RUN_BASH: echo from"), expects: { messages: 4, subagentMessages: 2 } },
  "two sub-agents at once": {
    play: says("SAY before", `CALL_TOOLS ${JSON.stringify(TWO_AGENTS)}`),
    expects: { messages: 7, subagentMessages: 4 },
  },
  "a sub-agent in the background": { play: background, expects: { messages: 5, subagentMessages: 2 } },
  "messages of two blocks": { play: says("THINK of it", "TWO_BASH: echo one ;; echo two"), expects: { messages: 3 } },
  "a refusal, after which the CLI goes on by itself": { play: says("STOP refusal"), expects: { messages: 2 } },
  // The CLI takes the words that it has seen for seven tokens; the transcript says one.
  "an interrupt amid a message": {
    play: interrupted,
    expects: { messages: 3, unattributed: { HANG: 0.000_12 }, reason: "messages_missing" },
  },
  "a request that fails once": { play: says("ERROR_529 1"), expects: { messages: 1 } },
  "a request that fails for good": { play: says("SAY before", "ERROR_500 final"), expects: { messages: 1 } },
  "a resume": { play: resumed, expects: { messages: 2 } },
  "a fork": { play: forked, expects: { messages: 1, baselineUsd: 0.006 } },
  "/clear": { play: cleared, expects: { messages: 1, costUsd: 0.006 } },
  // Its request is in no record.
  "/compact": {
    play: says("SAY before", "/compact", "SAY after"),
    expects: { messages: 2, unattributed: { "/compact": 0.000_74 }, reason: "messages_missing" },
  },
  "a compaction by the CLI itself": {
    play: says("SAY before", rawUsagePrompt(OVERFULL), "SAY after"),
    expects: { messages: 3, unattributed: { "SAY after": 0.000_74 } },
  },
  "a resume after the process was killed amid a turn": {
    play: killed,
    expects: { messages: 3, costUsd: 0.008_42 },
  },
  // The CLI charges it as its default model, and does not say so in the result.
  "an unknown model": {
    play: unknownModel,
    expects: {
      messages: 2,
      unpriced: 1,
      unattributed: { "USAGE input=5000 output=100": 0.022 },
      reason: "unknown_model",
    },
  },
};

async function background({ start, say, turnAfter }: LedgerStage): Promise<string> {
  const sessionId = await start();
  const next = turnAfter(sessionId, "task.finished");
  await say(sessionId, "BACKGROUND_SUBAGENT RUN_BASH: echo background");
  await next;
  return sessionId;
}

async function interrupted({ test, start, say, send }: LedgerStage): Promise<string> {
  const sessionId = await start();
  await say(sessionId, "SAY before");
  const seen = test.events(sessionId).length;
  await send(sessionId, "HANG");
  await test.event(
    sessionId,
    "assistant.delta",
    ({ seq }) =>
      !test
        .events(sessionId)
        .slice(0, seen)
        .some((event) => event.seq === seq),
  );
  await test.ask("sessions.interrupt", { sessionId });
  await test.event(sessionId, "turn.completed", ({ data }) => data.outcome === "interrupted");
  await say(sessionId, "SAY after");
  return sessionId;
}

async function resumed({ start, say, close }: LedgerStage): Promise<string> {
  const sessionId = await start();
  await say(sessionId, "USAGE input=1000 output=100");
  await close(sessionId);
  await start({ resume: sessionId });
  await say(sessionId, "USAGE input=200 output=20");
  return sessionId;
}

async function forked({ start, say, close }: LedgerStage): Promise<string> {
  const parent = await start();
  await say(parent, "USAGE input=1000 output=100");
  await close(parent);
  const sessionId = await start({ resume: parent, fork: true });
  await say(sessionId, "USAGE input=200 output=20");
  return sessionId;
}

async function cleared({ start, say }: LedgerStage): Promise<string> {
  const sessionId = await start();
  await say(sessionId, "USAGE input=1000 output=100");
  await say(sessionId, "/clear");
  await say(sessionId, "USAGE input=2000 output=50");
  await say(sessionId, "/clear");
  await say(sessionId, "USAGE input=3000 output=50");
  return sessionId;
}

async function killed({ test, start, say, send, entries }: LedgerStage): Promise<string> {
  const sessionId = await start();
  await say(sessionId, "USAGE input=1000 output=100");
  // Its first message is charged and in no result.
  await send(sessionId, "RUN_BASH: touch never");
  await test.event(sessionId, "permission.requested");
  await until(
    () => entries(sessionId),
    (found) => found.length === 2 && found.every(({ source }) => source === "transcript"),
  );
  await killProcess(test, sessionId);
  await start({ resume: sessionId });
  await say(sessionId, "USAGE input=200 output=20");
  return sessionId;
}

async function unknownModel({ test, start, say }: LedgerStage): Promise<string> {
  const sessionId = await start();
  await say(sessionId, "SAY before");
  await test.ask("sessions.setModel", { sessionId, model: "claude-nobody-9" });
  await say(sessionId, "USAGE input=5000 output=100");
  return sessionId;
}
