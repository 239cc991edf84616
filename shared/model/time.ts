import { z } from "zod";

/** A moment as ISO 8601 in UTC with milliseconds, e.g. `2026-01-31T12:00:00.000Z`. */
export const timestampSchema = z.iso.datetime();
