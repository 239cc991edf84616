/**
 * What every end-to-end test stands on: a fresh home, the scripted Messages API, the real host with the real CLI.
 * Each test gets its own and leaves nothing behind.
 */
import { join } from "node:path";
import { test as base } from "@playwright/test";
import type { SessionSummary } from "../../shared/model/session.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { connectToHost, type HostConnection } from "../support/connectToHost.ts";
import { type ScriptedApi, startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { type StartedHost, startHost } from "../support/startHost.ts";

export interface Stage {
  readonly api: ScriptedApi;
  readonly environment: ClaudeEnvironment;
  /** The host that runs now; another one after `restart`. */
  readonly host: () => StartedHost;
  /** A client beside the page, to set a scene and to look behind it. */
  readonly backstage: HostConnection;
  /** Starts a session past the page. */
  readonly startSession: (project: string, prompt?: string) => Promise<SessionSummary>;
  /** Ends the host and starts another on the same port and data. */
  readonly restart: (how: "stop" | "kill") => Promise<void>;
}

export const test = base.extend<{ stage: Stage }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from the pattern
  stage: async ({}, use) => {
    const api = await startScriptedApi();
    const environment = await createClaudeEnvironment({ apiUrl: api.url });
    const dataDir = join(environment.home, "switchboard");
    const options = { env: environment.env, dataDir, claudePath: environment.claudePath };
    let host = await startHost(options);
    const backstage = connectToHost({ url: host.url, token: host.token, clientName: "backstage" });
    await use({
      api,
      environment,
      backstage,
      host: () => host,
      startSession: async (project, prompt) =>
        await backstage.request("sessions.start", {
          cwd: await environment.projectDir(project),
          ...(prompt !== undefined && { prompt }),
        }),
      restart: async (how) => {
        await (how === "kill" ? host.kill() : host.stop());
        host = await startHost({ ...options, port: host.port });
      },
    });
    backstage.dispose();
    await host.stop();
    await api.close();
    await environment.dispose();
  },
});

export { expect } from "@playwright/test";
