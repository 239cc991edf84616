import { Buffer } from "node:buffer";
import { z } from "zod";
import { RequestError } from "../../../../shared/contract/errors.ts";
import { transcriptSeq } from "../replay/transcriptSeq.ts";

/** Sub-agents inside sub-agents: deeper ones are left out. The CLI allows far fewer. */
export const MAX_DEPTH = 8;

/** How far an export is. */
export interface ExportCursor {
  /** Where the export ends: what is appended later is no part of it. */
  readonly until: number;
  /** Whether any event was written. */
  readonly isBegun: boolean;
  /** The files that are open, the session's own first. */
  readonly open: readonly OpenFile[];
}

export interface OpenFile {
  /** The call that started the sub-agent; null for the session's own file. */
  readonly call: string | null;
  /** The place that was written last. */
  readonly after: number;
}

/** Short, because it travels in an address: lists for objects, and places counted from the first one. */
const wireSchema = z.tuple([
  z.number().int().nonnegative(),
  z.boolean(),
  z
    .array(z.tuple([z.string().max(200).nullable(), z.number().int().min(-1)]))
    .min(1)
    .max(MAX_DEPTH + 1),
]);

const FIRST_PLACE = transcriptSeq(0);

export function encodeCursor({ until, isBegun, open }: ExportCursor): string {
  const wire: z.infer<typeof wireSchema> = [until, isBegun, open.map(({ call, after }) => [call, after - FIRST_PLACE])];
  return Buffer.from(JSON.stringify(wire)).toString("base64url");
}

/** @throws RequestError `bad_request` for anything that `encodeCursor` did not make. */
export function decodeCursor(text: string): ExportCursor {
  try {
    const [until, isBegun, open] = wireSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return { until, isBegun, open: open.map(([call, after]) => ({ call, after: after + FIRST_PLACE })) };
  } catch {
    throw new RequestError("bad_request", "This cursor is none of an export. Begin the export again without one.");
  }
}
