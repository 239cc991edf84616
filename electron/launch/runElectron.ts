/** Starts the desktop app from the source tree. */
import { type ChildProcess, spawn } from "node:child_process";
import { projectRoot } from "./paths.ts";
import { electronArgumentsOf, type StartArguments } from "./startArguments.ts";

export function spawnElectron(
  path: string,
  args: StartArguments,
  extraEnv: Readonly<Record<string, string>> = {},
): ChildProcess {
  // A shell inside an Electron app has this set, and Electron would then be Node and open no window.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  return spawn(path, [...electronArgumentsOf(args, projectRoot)], {
    cwd: projectRoot,
    stdio: "inherit",
    env: { ...env, ...extraEnv },
  });
}
