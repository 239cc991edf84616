import { z } from "zod";

/** A field of the wrong type is as good as absent: the file is another program's and changes with its versions. */
const text = z.string().nullable().catch(null).default(null);
const milliseconds = z.number().nonnegative().nullable().catch(null).default(null);

/** `$CONFIG/sessions/<pid>.json` as written by 2.1.329 (measured). Only `pid` and `sessionId` are indispensable. */
const registryFileSchema = z.object({
  pid: z.number().int().positive(),
  sessionId: z.string().min(1),
  cwd: text,
  startedAt: milliseconds,
  procStart: text,
  version: text,
  kind: text,
  entrypoint: text,
  name: text,
  status: text,
  waitingFor: text,
  statusUpdatedAt: milliseconds,
  messagingSocketPath: text,
  tmux: text,
});

/**
 * What a running CLI says of itself in the registry. Times are milliseconds since 1970.
 * `status` is absent for the first half second, then (measured) `idle`, `busy`, `waiting`, or `shell`: no turn runs but
 * a shell command in the background does. `waitingFor` (measured) is `permission prompt` for a tool or a plan,
 * `input needed` for a question of the model, `dialog open` for a dialog of the terminal's own.
 * `procStart` is the start time as the system writes it down: on Linux clock ticks since boot. `tmux` is the pane,
 * e.g. `0:@0.%0`.
 */
export type RegistryEntry = Readonly<z.infer<typeof registryFileSchema>>;

/** An entry, or why a file is none. */
export type RegistryReading =
  | { readonly ok: true; readonly entry: RegistryEntry }
  | { readonly ok: false; readonly reason: string };

/** Reads the text of one registry file. Pure; a broken file is a value, never an error. */
export function parseRegistryFile(fileText: string): RegistryReading {
  let value: unknown;
  try {
    value = JSON.parse(fileText);
  } catch (error) {
    return { ok: false, reason: `It is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const parsed = registryFileSchema.safeParse(value);
  if (parsed.success) return { ok: true, entry: parsed.data };
  return { ok: false, reason: z.prettifyError(parsed.error) };
}
