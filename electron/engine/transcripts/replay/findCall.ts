/** Where a tool was called: in a session's own transcript, or in one of its sub-agents'. */
import type { EventDraft } from "../../../../shared/model/event.ts";
import { mapRecord } from "./mapRecord.ts";
import { recordsBackward } from "./readRecords.ts";
import { findSubagents } from "./subagentFile.ts";
import { withTranscript } from "./transcriptFile.ts";
import type { TranscriptLine } from "./transcriptLine.ts";
import { transcriptSeq } from "./transcriptSeq.ts";

/** The place of a call in this file, looked for from its end; null when it is not there. @throws RequestError `transcript_missing`. */
export function findCall(path: string, toolUseId: string): Promise<number | null> {
  return withTranscript(path, async (file) => {
    const wants = ({ bytes }: TranscriptLine): boolean => bytes.includes(toolUseId);
    const isCall = ({ type, data }: EventDraft): boolean => type === "tool.called" && data.toolUseId === toolUseId;
    for await (const { offset, record } of recordsBackward(file, file.size, { wants })) {
      const index = mapRecord(record).findIndex(isCall);
      if (index !== -1) return transcriptSeq(offset, index);
    }
    return null;
  });
}

/**
 * The place of a call in the session's own transcript, or of the outermost call that it was made below; null when neither
 * is kept. @throws RequestError `transcript_missing`.
 */
export async function findOutermostCall(path: string, toolUseId: string): Promise<number | null> {
  const own = await findCall(path, toolUseId);
  if (own !== null) return own;
  const { byCall } = await findSubagents(path);
  const looked = new Set<string>();
  for (let inner: string | null = toolUseId; inner !== null;) {
    looked.add(inner);
    const outer: string | null = await callerOf(inner, byCall, looked);
    const place = outer === null ? null : await findCall(path, outer);
    if (place !== null) return place;
    inner = outer;
  }
  return null;
}

/** The call that started the sub-agent which made this one. */
async function callerOf(
  toolUseId: string,
  byCall: ReadonlyMap<string, string>,
  looked: ReadonlySet<string>,
): Promise<string | null> {
  for (const [call, file] of byCall) {
    if (!looked.has(call) && (await findCall(file, toolUseId)) !== null) return call;
  }
  return null;
}
