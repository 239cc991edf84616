import { type HostSettings, hostSettingsSchema } from "../../../shared/model/settings.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** What a person set for the host; everything else is as `hostSettingsSchema` has it. */
export interface SettingsRows {
  readonly read: () => HostSettings;
  readonly save: (settings: HostSettings) => void;
}

export function settingsRows(database: SqliteDatabase): SettingsRows {
  const select = database.prepare("SELECT value FROM host_state WHERE name = 'settings'").pluck();
  const save = database.prepare(
    "INSERT INTO host_state (name, value) VALUES ('settings', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  return {
    read: () => {
      const text = select.get();
      const parsed = hostSettingsSchema.safeParse(typeof text === "string" ? JSON.parse(text) : {});
      return parsed.success ? parsed.data : hostSettingsSchema.parse({});
    },
    save: (settings) => void save.run(JSON.stringify(settings)),
  };
}
