/** What a scene of the demo is, and the few ways in which its scripted model answers. */
import type { RequestInput } from "../../../shared/contract/requests.ts";
import type { Activity } from "../../../shared/model/activity.ts";
import type { Conversation } from "../../support/scriptedApi/conversation.ts";
import { textReply, toolReply } from "../../support/scriptedApi/reply.ts";
import type { MessageReply, ReplyUsage, ToolCall } from "../../support/scriptedApi/reply.ts";
import type { Scene } from "../../support/scriptedApi/scene.ts";
import type { ShopProject } from "../shopProjects.ts";
import { payloadWords } from "./visitorReply.ts";

/** One session of the demo: what starts it, what the model answers, and the state that it reaches by itself. */
export interface DemoScene {
  readonly name: string;
  readonly project: ShopProject;
  /** The first message. Its first line is the session's title. */
  readonly prompt: string;
  readonly start?: Omit<RequestInput<"sessions.start">, "cwd" | "prompt">;
  readonly reply: Scene;
  /** What sub-agents answer, by the prompt they are given. */
  readonly subAgents?: Readonly<Record<string, Scene>>;
  readonly reaches: Activity["kind"];
  /** What happens to the session once it has reached that state. */
  readonly then?: DemoAct;
}

export type DemoAct =
  /** The claude process is killed, as by the system. */
  | { readonly kind: "kill" }
  /** The open request is allowed; the session then goes on to `idle`. */
  | { readonly kind: "allow" }
  /** The session is closed. */
  | { readonly kind: "close" }
  | { readonly kind: "send"; readonly payloads: readonly Omit<RequestInput<"payloads.send">, "sessionId">[] };

/** One answer of the model: a text and the tools it then calls; without tools the turn ends. */
export interface Beat {
  /** Empty for a call without a word. */
  readonly text: string;
  readonly calls?: readonly ToolCall[];
  /** Pause between two pieces of the text, in milliseconds. */
  readonly paceMs?: number;
}

/** The reply of a scene that goes through the beats in order, one a model call, and ends with `closing`. */
export function playBeats(beats: readonly Beat[], closing: (conversation: Conversation) => string): Scene {
  return (conversation) => {
    const beat = beats[conversation.step];
    if (beat === undefined) return played(conversation, textReply(`${heard(conversation)}${closing(conversation)}`));
    return played(conversation, beatReply(beat));
  };
}

/** The closing words for a tool call that a person could refuse. */
export function afterDecision(conversation: Conversation, words: string): string {
  const last = conversation.toolResults.at(-1);
  if (last === undefined || !last.isError) return words;
  return `That did not go through, so I stop here. I was told:\n\n> ${last.text.slice(0, 400).replaceAll("\n", "\n> ")}\n\nTell me how you would like to go on.`;
}

/** What was said to the model while it worked, so that whoever sent it sees it arrive. */
function heard({ injectedTexts }: Conversation): string {
  return injectedTexts.map((text) => `Noted while I was working (${payloadWords(text)}).\n\n`).join("");
}

function beatReply({ text, calls, paceMs }: Beat): MessageReply {
  const spoken = textReply(text);
  const paced = paceMs === undefined ? {} : { chunkIntervalMs: paceMs };
  if (calls === undefined) return { ...spoken, ...paced };
  const called = toolReply(calls);
  return { ...called, ...paced, blocks: text === "" ? called.blocks : [...spoken.blocks, ...called.blocks] };
}

/** Tokens as a session in a small project really uses them: most of the prompt comes from the cache. */
function played(conversation: Conversation, reply: MessageReply): MessageReply {
  const usage: ReplyUsage = {
    input: 60 + conversation.prompt.length,
    cacheRead: 18_400 + 2_900 * conversation.step,
    cacheWrite5m: 1_650 + 240 * conversation.step,
  };
  return { ...reply, usage: { ...usage, output: outputTokens(reply) } };
}

const CHARS_PER_TOKEN = 4;

function outputTokens({ blocks }: MessageReply): number {
  const chars = blocks
    .map((block) => (block.type === "tool_use" ? JSON.stringify(block.input).length : block.chunks.join("").length))
    .reduce((sum, length) => sum + length, 0);
  return Math.max(1, Math.round(chars / CHARS_PER_TOKEN));
}
