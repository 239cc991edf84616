/** All sessions of the demo, in the order in which they are started. */
import { askingScenes } from "./askingScenes.ts";
import { busyScenes } from "./busyScenes.ts";
import type { DemoScene } from "./demoScene.ts";
import { finishedScenes } from "./finishedScenes.ts";

export const demoScenes: readonly DemoScene[] = [...finishedScenes, ...busyScenes, ...askingScenes];

/** The scene with this name; throws for an unknown one. */
export function demoScene(name: string): DemoScene {
  const found = demoScenes.find((scene) => scene.name === name);
  if (found === undefined) throw new Error(`There is no demo scene named “${name}”.`);
  return found;
}

/** The title that a scene's session gets: the first line of its prompt. */
export function titleOf(scene: DemoScene): string {
  return scene.prompt.split("\n", 1)[0] ?? "";
}
