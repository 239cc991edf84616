/**
 * `npm run demo [-- --no-open --port N]`: everything that Switchboard shows, in a minute and without an account.
 * The Claude Code sessions are real and run in throw-away projects; only their model is scripted. Ctrl+C removes it all.
 */
import { parseArgs } from "node:util";
import { ensureBuilt } from "../../electron/launch/ensureBuilt.ts";
import { type Demo, startDemo } from "./startDemo.ts";

const { values } = parseArgs({
  options: { "no-open": { type: "boolean", default: false }, port: { type: "string", default: "0" } },
});

process.exitCode = await run();

async function run(): Promise<number> {
  if (!(await ensureBuilt(["renderer"]))) return 1;
  console.log("Starting the demo: real Claude Code sessions in throw-away projects, with a scripted model…");
  // From here on, so that Ctrl+C while the scenes start is obeyed once they can be cleaned up.
  const stopAsked = untilStopAsked();
  const demo = await startDemo({
    port: Number(values.port),
    open: !values["no-open"],
    onHost: ({ pageUrl }) => console.log(`\n  ${pageUrl}\n`),
  });
  console.log("All scenes are on. Ctrl+C ends them and removes everything.");
  await stopAsked;
  await end(demo);
  return 0;
}

async function end(demo: Demo): Promise<void> {
  console.log("\nEnding the sessions…");
  await demo.stop();
}

function untilStopAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
