import type { OpenBlock } from "../../../shared/state/openBlocks.ts";
import { type Transcript, rowDepth } from "./transcriptRows.ts";
import type { TranscriptRow } from "./transcriptRow.ts";

/**
 * Rows for the blocks that are being written right now; they stand after all others. A block without words has no row:
 * the model opens some that it never fills, and nothing finishes those before the turn ends.
 */
export function openRows(blocks: readonly OpenBlock[], transcript: Transcript): readonly TranscriptRow[] {
  const last = transcript.rows.at(-1);
  const at = last?.at ?? new Date(0).toISOString();
  const seq = last?.seq ?? 0;
  const begun = blocks.filter(({ text }) => text.trim() !== "");
  return begun.map((block) => {
    const key = `open:${block.messageId}:${block.blockIndex}`;
    const base = { key, at, seq, depth: rowDepth(transcript, block.parentToolUseId), text: block.text };
    if (block.block === "toolInput") return { ...base, kind: "toolDraft" };
    return { ...base, kind: block.block, streaming: true };
  });
}
