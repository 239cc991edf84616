import type { HostInfo } from "../../../shared/model/host.ts";
import type { HostSettings } from "../../../shared/model/settings.ts";
import type { RequestHandlers } from "../engine.ts";
import { usableDirectory } from "../sessions/usableDirectory.ts";

/** What the requests about the host itself work on. */
export interface HostParts {
  readonly hostInfo: () => HostInfo;
  /** Looks for the CLI again when there was none. */
  readonly locateClaude: () => Promise<void>;
  readonly scan: () => void;
  readonly cancelScan: () => void;
  readonly settings: {
    readonly read: () => HostSettings;
    readonly save: (settings: HostSettings) => void;
  };
  readonly onSettings: (before: HostSettings, after: HostSettings) => Promise<void>;
}

type HostRequests = Extract<keyof RequestHandlers, "host.get" | `index.${string}` | `settings.${string}`>;

export function hostHandlers(parts: HostParts): Pick<RequestHandlers, HostRequests> {
  const { hostInfo, settings } = parts;
  return {
    "host.get": async () => {
      await parts.locateClaude();
      return hostInfo();
    },
    "index.scan": async () => {
      parts.scan();
      return hostInfo();
    },
    "index.cancel": async () => {
      parts.cancelScan();
      return hostInfo();
    },
    "settings.get": async () => settings.read(),
    "settings.change": async ({ extraRoots, searchEnabled }) => {
      const set = settings.read().extraRoots;
      // Folders that were set before may be away for the moment; a new one must be there.
      const looked = extraRoots?.map(async (root) => (set.includes(root) ? root : usableDirectory(root)));
      const roots = looked === undefined ? null : await Promise.all(looked);
      // Another client may have changed something meanwhile.
      const before = settings.read();
      const after: HostSettings = {
        extraRoots: roots === null ? before.extraRoots : [...new Set(roots)],
        searchEnabled: searchEnabled ?? before.searchEnabled,
      };
      settings.save(after);
      await parts.onSettings(before, after);
      return after;
    },
  };
}
