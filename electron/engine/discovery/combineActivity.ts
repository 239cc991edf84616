/** Puts together what the sources say a session is doing. Pure. */
import type { Activity } from "../../../shared/model/activity.ts";
import type { TranscriptActivity } from "./classifyTranscript.ts";
import type { RegistryEntry } from "./registryEntry.ts";

/** What is known of a session, strongest source first. */
export interface ActivitySources {
  /** What our own child does; null when the session is none of ours. */
  readonly owned: Activity | null;
  /** Believed, that is of a process that lives. */
  readonly registry: Pick<RegistryEntry, "status" | "waitingFor"> | null;
  /** Whether a process has the session open; `unknown` where nobody could look. */
  readonly process: "running" | "gone" | "unknown";
  readonly transcript: TranscriptActivity;
}

export function combineActivity({ owned, registry, process, transcript }: ActivitySources): Activity {
  if (owned !== null) return owned;
  if (registry !== null) return fromRegistry(registry, transcript);
  if (process === "gone") return { kind: "ended", exitCode: null };
  return fromTranscript(transcript);
}

/** The registry says which kind of state it is, the transcript the details, as far as they fit. */
function fromRegistry(
  { status, waitingFor }: Pick<RegistryEntry, "status" | "waitingFor">,
  transcript: TranscriptActivity,
): Activity {
  switch (status) {
    case "busy":
      return transcript.kind === "tool_pending" ? transcript : { kind: "working" };
    case "waiting":
      return whileWaiting(waitingFor, transcript);
    case "idle":
    // A shell command goes on in the background, but it is the person's turn.
    case "shell":
      return whileIdle(transcript);
    // Absent in the first half second and in older versions; a newer version may know more.
    default:
      return fromTranscript(transcript);
  }
}

function whileWaiting(waitingFor: string | null, transcript: TranscriptActivity): Activity {
  // Plans and questions are asked for by tools, and the CLI calls some of them permission prompts, too.
  if (transcript.kind === "plan_ready") return fromTranscript(transcript);
  if (transcript.kind === "awaiting_answer" && transcript.asksByTool) return fromTranscript(transcript);
  if (waitingFor === "permission prompt") {
    // Without a tool call of its own, the session asks for a sub-agent, or its transcript lags.
    const toolName = transcript.kind === "tool_pending" ? (transcript.tools[0]?.name ?? null) : null;
    return { kind: "awaiting_permission", permissionId: null, toolName };
  }
  return { kind: "awaiting_answer", question: waitingFor ?? "", permissionId: null };
}

/** What the transcript leaves open was cut off: an interrupted start, or a record that is not written yet. */
function whileIdle(transcript: TranscriptActivity): Activity {
  const isSettled = transcript.kind === "idle" || (transcript.kind === "awaiting_answer" && !transcript.asksByTool);
  return isSettled ? fromTranscript(transcript) : { kind: "idle", text: null };
}

function fromTranscript(transcript: TranscriptActivity): Activity {
  switch (transcript.kind) {
    case "awaiting_answer":
      return { kind: "awaiting_answer", question: transcript.question, permissionId: null };
    case "plan_ready":
      return { ...transcript, permissionId: null };
    default:
      return transcript;
  }
}
