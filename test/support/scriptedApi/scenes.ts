/** The table of all scenes, by the keyword that a prompt names them with. */
import type { Conversation } from "./conversation.ts";
import { planScene } from "./planScene.ts";
import { textReply } from "./reply.ts";
import type { Reply } from "./reply.ts";
import type { Scene } from "./scene.ts";
import { echoScene, textScenes } from "./textScenes.ts";
import { toolScenes } from "./toolScenes.ts";

export const scenes: Readonly<Record<string, Scene>> = { ...textScenes, ...toolScenes, PLAN: planScene };

/**
 * Chooses the reply. A request that the CLI makes for itself (a title, a model check, a summary) gets a harmless text
 * whatever its prompt quotes, and so never plays a scene.
 */
export function chooseReply(conversation: Conversation, table: Readonly<Record<string, Scene>> = scenes): Reply {
  if (isSideRequest(conversation)) return sideReply(conversation);
  const scene = conversation.sceneName === null ? undefined : table[conversation.sceneName];
  return (scene ?? echoScene)(conversation);
}

/** Compaction sends the whole conversation with its tools, and a prompt that begins with this. */
const COMPACTION = "CRITICAL: Respond with TEXT ONLY.";

export function isSideRequest(conversation: Conversation): boolean {
  return conversation.toolNames.length === 0 || conversation.prompt.startsWith(COMPACTION);
}

function sideReply(conversation: Conversation): Reply {
  const asksForTitle = !conversation.prompt.startsWith(COMPACTION) && /title/iu.test(conversation.system);
  return textReply(asksForTitle ? '{"title": "Scripted session"}' : "<summary>A scripted summary.</summary>");
}
