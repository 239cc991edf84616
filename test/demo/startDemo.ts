/**
 * The demo: a throw-away home with sixty days of transcripts, the real CLI, a scripted model, the real headless host, and
 * a session for each scene.
 * Owns all of it; `stop` leaves nothing behind. Knows nothing about terminals, browsers or screenshots.
 */
import { randomUUID } from "node:crypto";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { connectToHost, type HostConnection } from "../support/connectToHost.ts";
import { type StartedHost, startHost } from "../support/startHost.ts";
import { startDemoApi } from "./demoApi.ts";
import { makeBudgets } from "./demoBudgets.ts";
import { labelSessions } from "./demoLabels.ts";
import { writeHistory } from "./history/writeHistory.ts";
import type { DemoScene } from "./scenes/demoScene.ts";
import { demoScenes } from "./scenes/demoScenes.ts";
import { writeShopProjects } from "./shopProjects.ts";

/** The scenes, and room for some sessions that a visitor starts. */
const MAX_SESSIONS = 20;

export interface Demo {
  readonly host: StartedHost;
  /** The session of each scene, by the scene's name. */
  readonly sessionIds: ReadonlyMap<string, string>;
  /** Ends everything and removes what was written. */
  readonly stop: () => Promise<void>;
}

export interface StartDemoOptions {
  /** The host's port; any free one when missing. */
  readonly port?: number;
  /** Opens the page in the person's browser as soon as the host runs. */
  readonly open?: boolean;
  /** Called once the host runs, before the scenes are played. */
  readonly onHost?: (host: StartedHost) => void;
  readonly scenes?: readonly DemoScene[];
  /** Sixty days of sessions beside the scenes, budgets for what they cost, and labels; with them when missing. */
  readonly hasHistory?: boolean;
}

/** Resolves when every scene has reached its state. */
export async function startDemo(options: StartDemoOptions = {}): Promise<Demo> {
  const { port = 0, open = false, scenes = demoScenes, hasHistory = true } = options;
  const undo: (() => Promise<void>)[] = [];
  async function stop(): Promise<void> {
    for (const step of undo.splice(0).toReversed()) await step();
  }
  try {
    const api = await startDemoApi();
    undo.push(api.close);
    const environment = await createClaudeEnvironment({ apiUrl: api.url });
    undo.push(environment.dispose);
    const root = await realpath(await mkdtemp(join(tmpdir(), "shop-")));
    undo.push(() => rm(root, { recursive: true, force: true }));
    const directories = await writeShopProjects(root);
    if (hasHistory) await writeHistory({ configDir: environment.configDir, directories, nowMs: Date.now() });
    const host = await startHost({
      env: environment.env,
      dataDir: join(environment.home, "switchboard"),
      claudePath: environment.claudePath,
      port,
      maxSessions: MAX_SESSIONS,
      open,
    });
    undo.push(host.stop);
    options.onHost?.(host);
    const connection = connectToHost({ url: host.url, token: host.token, clientName: "demo" });
    const sessionIds = new Map<string, string>();
    // One after the other: their order in the list is the order of the scenes.
    for (const scene of scenes) {
      sessionIds.set(scene.name, await playScene({ host, connection, cwd: directories[scene.project], scene }));
    }
    connection.dispose();
    if (hasHistory) {
      await makeBudgets(host, directories["orders-api"]);
      await labelSessions(host);
    }
    return { host, sessionIds, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Stage {
  readonly host: StartedHost;
  readonly connection: HostConnection;
  readonly cwd: string;
  readonly scene: DemoScene;
}

async function playScene(stage: Stage): Promise<string> {
  const { host, connection, cwd, scene } = stage;
  const sessionId = randomUUID();
  await post(host, "/sessions", { ...scene.start, cwd, prompt: scene.prompt, sessionId });
  await connection.until(sessionId, ({ activity }) => activity.kind === scene.reaches);
  await act(stage, sessionId);
  return sessionId;
}

async function act({ host, connection, scene }: Stage, sessionId: string): Promise<void> {
  switch (scene.then?.kind) {
    case undefined:
      return;
    case "kill": {
      // Not before it has done something: a session that failed in the middle of its work is what it shows.
      await connection.untilEvent(sessionId, ({ type }) => type === "tool.finished");
      const { pid } = await connection.until(sessionId, (session) => session.activity.kind === "working");
      if (pid !== null) process.kill(pid, "SIGKILL");
      await connection.until(sessionId, ({ activity }) => activity.kind === "failed");
      return;
    }
    case "allow": {
      const { activity } = await connection.until(
        sessionId,
        (session) => session.activity.kind === "awaiting_permission",
      );
      const permissionId = activity.kind === "awaiting_permission" ? activity.permissionId : "";
      await post(host, `/permissions/${permissionId}/decision`, { behavior: "allow" });
      await connection.until(sessionId, (session) => session.activity.kind === "idle");
      return;
    }
    case "close":
      await succeed(host, { method: "DELETE", path: `/sessions/${sessionId}` });
      return;
    case "send":
      for (const payload of scene.then.payloads) await post(host, `/sessions/${sessionId}/payloads`, payload);
  }
}

async function post(host: StartedHost, path: string, body: unknown): Promise<void> {
  await succeed(host, { method: "POST", path, body });
}

const failureBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

async function succeed(
  host: StartedHost,
  ask: { readonly method: string; readonly path: string; readonly body?: unknown },
): Promise<void> {
  const { status, body } = await host.request(ask.method, ask.path, ask.body);
  if (status < 400) return;
  const { error } = failureBody.parse(body);
  throw new Error(`${ask.method} ${ask.path} was refused (${error.code}): ${error.message}`);
}
