/**
 * What every end-to-end test stands on: a fresh home, the scripted Messages API, the real host with the real CLI.
 * Each test gets its own and leaves nothing behind.
 */
import { join } from "node:path";
import { test as base } from "@playwright/test";
import type { RequestInput } from "../../shared/contract/requests.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { connectToHost, type HostConnection } from "../support/connectToHost.ts";
import { type ScriptedApi, startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { type StartedHost, startHost } from "../support/startHost.ts";

export interface Stage {
  readonly api: ScriptedApi;
  readonly environment: ClaudeEnvironment;
  /** The host that runs now; another one after `startHostAgain`. */
  readonly host: () => StartedHost;
  /** A client beside the page, to set a scene and to look behind it. */
  readonly backstage: HostConnection;
  /** Starts a session past the page, in a project directory of that name. */
  readonly startSession: (
    project: string,
    options?: Omit<RequestInput<"sessions.start">, "cwd">,
  ) => Promise<SessionSummary>;
  /** Starts a host again, on the same port and data, after the one before was stopped or killed. */
  readonly startHostAgain: () => Promise<void>;
}

export const test = base.extend<{ stage: Stage }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from the pattern
  stage: async ({}, provide) => {
    const api = await startScriptedApi();
    const environment = await createClaudeEnvironment({ apiUrl: api.url });
    const dataDir = join(environment.home, "switchboard");
    const options = { env: environment.env, dataDir, claudePath: environment.claudePath, isBuilt: true };
    let host = await startHost(options);
    const backstage = connectToHost({ url: host.url, token: host.token, clientName: "backstage" });
    await provide({
      api,
      environment,
      backstage,
      host: () => host,
      startSession: async (project, session = {}) =>
        await backstage.request("sessions.start", { ...session, cwd: await environment.projectDir(project) }),
      startHostAgain: async () => {
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
