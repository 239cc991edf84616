import type { EventData, EventOf } from "../../../shared/model/event.ts";
import type { lifecycleEventSchemas } from "../../../shared/model/events/lifecycleEvents.ts";
import { type Mark, mark } from "./mark.ts";

export type LifecycleEvent = EventOf<keyof typeof lifecycleEventSchemas>;

const originWords: Readonly<Record<EventData<"session.created">["origin"], string>> = {
  new: "session started",
  resumed: "session resumed",
  forked: "session forked",
};

/** A session's and its process's life. `null`: the header shows it already. */
export function lifecycleMark(event: LifecycleEvent): Mark | null {
  switch (event.type) {
    case "session.created":
      return mark("plain", `${originWords[event.data.origin]} in ${event.data.projectPath}`);
    case "session.initialized":
      return initialisedMark(event.data);
    case "session.modelChanged":
      return mark("note", `model is now ${event.data.model}`);
    case "session.modeChanged":
      return mark("note", `permission mode is now ${event.data.permissionMode}`);
    case "session.renamed":
      return event.data.source === "person" ? mark("plain", `renamed to “${event.data.title}”`) : null;
    case "session.branchChanged":
      return event.data.gitBranch === null ? null : mark("plain", `branch ${event.data.gitBranch}`);
    case "session.sighted":
    case "session.forgotten":
    case "session.activityChanged":
    case "session.contextMeasured":
    case "session.costChanged":
    case "session.labelled":
      return null;
    case "process.started":
      return mark("plain", `claude process ${event.data.pid} started`);
    case "process.exited":
      return exitMark(event.data);
    case "control.unknownReceived":
      return mark("plain", `unknown control request “${event.data.subtype}”`, JSON.stringify(event.data.raw));
  }
}

/** Equal settings give an equal mark: the CLI repeats them before every turn. */
function initialisedMark(data: EventData<"session.initialized">): Mark {
  const failed = data.mcpServers.filter((server) => server.status !== "connected");
  const parts = [
    data.model ?? "model unknown",
    ...(data.permissionMode === null ? [] : [`mode ${data.permissionMode}`]),
    `${data.tools.length} tools`,
    ...(data.cliVersion === null ? [] : [`Claude Code ${data.cliVersion}`]),
    ...failed.map((server) => `MCP ${server.name} ${server.status}`),
  ];
  return mark(failed.length === 0 ? "plain" : "warn", parts.join(" · "));
}

function exitMark(data: EventData<"process.exited">): Mark {
  const how = data.signal === null ? `with code ${data.exitCode ?? "unknown"}` : `by ${data.signal}`;
  const title = `claude process ended ${how}`;
  if (data.expected) return mark("plain", title);
  // The header says the reason, with the way on; here it would be a second time.
  return { ...mark("bad", title, data.stderrTail), ...(data.reason === null ? {} : { hint: data.reason }) };
}
