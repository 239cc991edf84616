/**
 * The headless entry: starts the engine in this process and serves it over HTTP.
 * A composition root: it decides what is made with what, and nothing else. Stdout has the one line that tells where
 * the host is; all else goes to stderr.
 */
import pino from "pino";
import packageJson from "../package.json" with { type: "json" };
import { createEngine } from "./engine/createEngine.ts";
import type { Engine } from "./engine/engine.ts";
import { giveBackMemory } from "./engine/transcripts/giveBackMemory.ts";
import { openBrowser } from "./launch/openBrowser.ts";
import { readHeadlessArguments } from "./web/headlessArguments.ts";
import { rendererDirectory } from "./web/rendererDirectory.ts";
import { startFailureWords } from "./web/startFailureWords.ts";
import { startWebHost, type WebHost } from "./web/startWebHost.ts";
import { stopOnSignals } from "./web/stopOnSignals.ts";

const args = readHeadlessArguments(process.argv.slice(2));
const { port, dataDir, bind } = args;
const log = pino({ name: "switchboard", level: args.logLevel }, pino.destination(2));

/** What runs so far; a signal may come while the rest is still starting. */
const running: { engine?: Engine; web?: WebHost } = {};

const starting = start();
const stop = stopOnSignals(
  async () => {
    await starting.catch(() => undefined);
    await Promise.all([running.web?.close(), running.engine?.dispose()]);
  },
  (error) => log.error({ err: error }, "the host did not end cleanly"),
);
starting.then(announce, (error: unknown) => {
  process.stderr.write(`${startFailureWords(error, port)}\n`);
  stop(1);
});

async function start(): Promise<WebHost> {
  // Loading code leaves more garbage than the code takes, and V8 would keep the room. Nobody waits for this thread yet.
  giveBackMemory();
  const engine = await createEngine({
    dataDir,
    hostVersion: packageJson.version,
    logger: log,
    ...(args.claude !== undefined && { claudePath: args.claude }),
    ...(args.maxSessions !== undefined && { maxSessions: args.maxSessions }),
  });
  running.engine = engine;
  const web = await startWebHost({
    engine,
    dataDir,
    port,
    staticDir: rendererDirectory(import.meta.url),
    log,
    ...(bind !== undefined && { host: bind }),
  });
  running.web = web;
  return web;
}

function announce({ url, token, createOpenLink }: WebHost): void {
  const line = args.json
    ? JSON.stringify({ url, token, pid: process.pid })
    : `Switchboard is at ${url}/#token=${token}`;
  process.stdout.write(`${line}\n`);
  if (args.open) openBrowser(createOpenLink());
}
