import { expect, test } from "vitest";
import { childEnvironment } from "../../../../../electron/engine/claude/childEnvironment.ts";

test("keeps the user's configuration and drops what marks a nested session", () => {
  const kept = {
    PATH: "/usr/bin",
    HOME: "/home/dev",
    ANTHROPIC_API_KEY: "key",
    ANTHROPIC_BASE_URL: "http://127.0.0.1:1",
    CLAUDE_CONFIG_DIR: "/home/dev/.config/claude",
    CLAUDE_CODE_USE_BEDROCK: "1",
    CLAUDE_CODE_OAUTH_TOKEN: "token",
    CLAUDE_CODE_MAX_OUTPUT_TOKENS: "4000",
    AWS_REGION: "eu-central-1",
    HTTPS_PROXY: "http://proxy",
    NODE_EXTRA_CA_CERTS: "/ca.pem",
    TRACEPARENT: "00-1-2-01",
  };
  const dropped = {
    AI_AGENT: "claude",
    CLAUDECODE: "1",
    CLAUDE_CODE_ENTRYPOINT: "cli",
    CLAUDE_CODE_SESSION_ID: "s1",
    CLAUDE_CODE_SESSION_ATTENDED: "1",
    CLAUDE_CODE_SESSION_ACCESS_TOKEN: "secret",
    CLAUDE_CODE_CHILD_SESSION: "1",
    CLAUDE_CODE_MESSAGING_SOCKET: "/tmp/cc-socks/1.sock",
    CLAUDE_CODE_MESSAGING_TOKEN: "secret",
    CLAUDE_CODE_SSE_PORT: "1234",
    CLAUDE_CODE_REMOTE: "true",
    CLAUDE_PID: "1",
    claudecode: "1",
    ELECTRON_RUN_AS_NODE: "1",
    UNSET: undefined,
  };
  expect(childEnvironment({ ...kept, ...dropped })).toEqual(kept);
});
