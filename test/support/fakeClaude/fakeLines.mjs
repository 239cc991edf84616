/** Builders for the stdout lines of the fake, in the shape the real CLI gives them (measured on 2.1.329). */
import { randomUUID } from "node:crypto";

export function initLine(session) {
  return {
    type: "system",
    subtype: "init",
    cwd: process.cwd(),
    session_id: session.id,
    tools: ["Task", "AskUserQuestion", "Bash", "Edit", "Read", "Write"],
    mcp_servers: [],
    model: session.model,
    permissionMode: session.mode,
    slash_commands: [],
    apiKeySource: "ANTHROPIC_API_KEY",
    claude_code_version: session.version,
    uuid: randomUUID(),
  };
}

export function lifecycleLine(session, commandUuid, state) {
  return { type: "command_lifecycle", command_uuid: commandUuid, state, uuid: randomUUID(), session_id: session.id };
}

export function statusLine(session, fields) {
  return { type: "system", subtype: "status", ...fields, session_id: session.id, uuid: randomUUID() };
}

export function replayLine(session, message) {
  return { ...userLine(session, message.message.content), uuid: message.uuid ?? randomUUID(), isReplay: true };
}

export function userLine(session, content, extra = {}) {
  return {
    type: "user",
    message: { role: "user", content },
    session_id: session.id,
    parent_tool_use_id: null,
    uuid: randomUUID(),
    timestamp: new Date().toISOString(),
    ...extra,
  };
}

export function streamLine(session, event) {
  return { type: "stream_event", event, session_id: session.id, parent_tool_use_id: null, uuid: randomUUID() };
}

export function assistantLine(session, messageId, block, extra = {}) {
  const usage = { input_tokens: 100, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 1 };
  const message = {
    id: messageId,
    type: "message",
    role: "assistant",
    model: session.model,
    content: [block],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return {
    type: "assistant",
    message,
    parent_tool_use_id: null,
    session_id: session.id,
    uuid: randomUUID(),
    timestamp: new Date().toISOString(),
    request_id: `req_${messageId}`,
    ...extra,
  };
}

export function resultLine(session, fields) {
  return {
    type: "result",
    subtype: "success",
    is_error: false,
    duration_ms: 1,
    duration_api_ms: 1,
    num_turns: 1,
    stop_reason: "end_turn",
    session_id: session.id,
    total_cost_usd: session.costUsd,
    usage: { input_tokens: 100, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 10 },
    modelUsage: {},
    permission_denials: [],
    terminal_reason: "completed",
    uuid: randomUUID(),
    ...fields,
  };
}

export function initializeResponse(session) {
  return {
    commands: [],
    agents: [],
    output_style: "default",
    models: [
      {
        value: "default",
        resolvedModel: session.model,
        displayName: "Default (recommended)",
        description: "Use the default model · $4/$20 per Mtok",
      },
    ],
    account: { tokenSource: "none", apiKeySource: "ANTHROPIC_API_KEY", apiProvider: "firstParty" },
    pid: process.pid,
    claude_code_version: session.version,
    current_permission_mode: session.mode,
    session_state: "idle",
    capabilities: [],
  };
}
