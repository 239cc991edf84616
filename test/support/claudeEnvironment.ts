/**
 * A throw-away home for the real `claude` CLI, so that no test ever sees the developer's own.
 * Owns the temporary directory; knows nothing about what runs in it.
 */
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export type ClaudeEnvironment = {
  readonly home: string;
  /** `CLAUDE_CONFIG_DIR`. */
  readonly configDir: string;
  /** Makes (once) and names a project directory; the path is a real path, free of symbolic links. */
  readonly projectDir: (name: string) => Promise<string>;
  /** The whole environment for the child, not an addition to the inherited one. */
  readonly env: Readonly<Record<string, string>>;
  readonly claudePath: string;
  readonly dispose: () => Promise<void>;
};

export type ClaudeEnvironmentOptions = {
  /** `url` of the scripted API. */
  readonly apiUrl: string;
  /** Null leaves the CLI without an account, as after a fresh install. */
  readonly apiKey?: string | null;
};

const MOCK_API_KEY = "sk-ant-mock";

/**
 * The package installs the native binary itself under `bin/` (a hard link, no wrapper in between), so this path starts
 * the same process a user's `claude` is. Measured on 2.1.329.
 */
export const claudePath = fileURLToPath(new URL("../../node_modules/.bin/claude", import.meta.url));

export async function createClaudeEnvironment(options: ClaudeEnvironmentOptions): Promise<ClaudeEnvironment> {
  const home = await realpath(await mkdtemp(join(tmpdir(), "switchboard-test-")));
  const configDir = join(home, ".claude");
  await mkdir(configDir);
  const apiKey = options.apiKey === undefined ? MOCK_API_KEY : options.apiKey;
  await writeFile(join(configDir, ".claude.json"), JSON.stringify(onboarded(apiKey)));
  return {
    home,
    configDir,
    projectDir: async (name) => {
      const directory = join(home, "projects", name);
      await mkdir(directory, { recursive: true });
      return directory;
    },
    env: childEnvironment({ home, configDir, apiUrl: options.apiUrl, apiKey }),
    claudePath,
    dispose: () => rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

type ChildEnvironment = {
  readonly home: string;
  readonly configDir: string;
  readonly apiUrl: string;
  readonly apiKey: string | null;
};

function childEnvironment(values: ChildEnvironment): Readonly<Record<string, string>> {
  return {
    ...withoutClaude(process.env),
    HOME: values.home,
    USERPROFILE: values.home,
    CLAUDE_CONFIG_DIR: values.configDir,
    ...(values.apiKey === null ? {} : { ANTHROPIC_API_KEY: values.apiKey }),
    ANTHROPIC_BASE_URL: values.apiUrl,
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
  };
}

/** What a surrounding session of the CLI, or the developer's shell, would otherwise leak into the child. */
function withoutClaude(inherited: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value === undefined || /^(?:CLAUDECODE$|CLAUDE_|ANTHROPIC_|AWS_|GOOGLE_|XDG_)/u.test(name)) continue;
    kept[name] = value;
  }
  return kept;
}

function onboarded(apiKey: string | null): Readonly<Record<string, unknown>> {
  const approved = apiKey === null ? [] : [apiKey.slice(-20)];
  return { hasCompletedOnboarding: true, theme: "dark", customApiKeyResponses: { approved, rejected: [] } };
}
