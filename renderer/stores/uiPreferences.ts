import { z } from "zod";

/** The one key that the window persists; its text is bounded by the fixed fields below. */
const STORAGE_KEY = "switchboard.ui";

/** Grows when the fields change their meaning; text of another version is ignored. */
const VERSION = 1;

export const sessionFilterSchema = z.enum(["live", "needsYou", "owned", "all"]);
export type SessionFilter = z.infer<typeof sessionFilterSchema>;

export const themeSchema = z.enum(["system", "light", "dark"]);
export type Theme = z.infer<typeof themeSchema>;

export const sessionTabSchema = z.enum(["stream", "transcript", "cost"]);
export type SessionTab = z.infer<typeof sessionTabSchema>;

const percent = z.number().min(5).max(90);

const preferencesSchema = z.object({
  chosenSessionId: z.string().max(200).nullable().catch(null),
  tab: sessionTabSchema.catch("stream"),
  filter: sessionFilterSchema.catch("all"),
  theme: themeSchema.catch("system"),
  /** Width of each column in percent of the window. */
  panels: z.object({ sessions: percent, session: percent, inbox: percent }).catch({
    sessions: 21,
    session: 53,
    inbox: 26,
  }),
});

/** What a window remembers between two visits. */
export type UiPreferences = Readonly<z.infer<typeof preferencesSchema>>;

/** The part of `localStorage` that is used. */
export interface KeyStore {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
}

/** Reads what was persisted, field by field; a field that is missing or wrong gets its default. */
export function readPreferences(keyStore: KeyStore | null): UiPreferences {
  const stored = readStored(keyStore);
  return preferencesSchema.parse(stored);
}

function readStored(keyStore: KeyStore | null): unknown {
  try {
    const parsed: unknown = JSON.parse(keyStore?.getItem(STORAGE_KEY) ?? "{}");
    const isCurrent =
      typeof parsed === "object" && parsed !== null && "version" in parsed && parsed.version === VERSION;
    return isCurrent ? parsed : {};
  } catch {
    return {};
  }
}

/** Persists the preferences; a storage that refuses (private window, quota) costs nothing but the memory. */
export function writePreferences(keyStore: KeyStore | null, preferences: UiPreferences): void {
  const { chosenSessionId, tab, filter, theme, panels } = preferences;
  try {
    keyStore?.setItem(STORAGE_KEY, JSON.stringify({ version: VERSION, chosenSessionId, tab, filter, theme, panels }));
  } catch {
    // Nothing to do: the choices hold for this visit.
  }
}
