import { type HostSettings, hostSettingsSchema } from "../../../shared/model/settings.ts";
import { directWrites, type RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** What a person set for the host; everything else is as `hostSettingsSchema` has it. */
export interface SettingsRows {
  readonly read: () => HostSettings;
  readonly save: (settings: HostSettings) => void;
}

export function settingsRows(database: SqliteDatabase, writes: RowWrites = directWrites): SettingsRows {
  const select = database.prepare("SELECT value FROM host_state WHERE name = 'settings'").pluck();
  const save = database.prepare(
    "INSERT INTO host_state (name, value) VALUES ('settings', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  /** What was set and is not written yet. */
  let held: string | null = null;
  return {
    read: () => {
      const text = held ?? select.get();
      const parsed = hostSettingsSchema.safeParse(typeof text === "string" ? JSON.parse(text) : {});
      return parsed.success ? parsed.data : hostSettingsSchema.parse({});
    },
    save: (settings) => {
      const text = JSON.stringify(settings);
      writes.write({
        act: () => void save.run(text),
        characters: () => text.length,
        what: "record",
        key: "settings",
        onHeld: () => {
          held = text;
        },
        onSettled: () => {
          held = null;
        },
      });
    },
  };
}
