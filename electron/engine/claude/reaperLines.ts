/** What a host tells its reaper, one line each. */
import type { ProcessIdentity } from "./processIdentity.ts";

export interface ReaperLine extends ProcessIdentity {
  readonly verb: "watch" | "forget";
}

export function watchLine(identity: ProcessIdentity): string {
  return `watch ${String(identity.pid)} ${identity.startIdentity}\n`;
}

export function forgetLine(identity: ProcessIdentity): string {
  return `forget ${String(identity.pid)} ${identity.startIdentity}\n`;
}

/** Null for a line that is none of these, as the last one of a host that died while it wrote. */
export function parseReaperLine(line: string): ReaperLine | null {
  const [, verb, pid, startIdentity] = /^(watch|forget) (\d+) (\S.*)$/u.exec(line) ?? [];
  if ((verb !== "watch" && verb !== "forget") || pid === undefined || startIdentity === undefined) return null;
  return { verb, pid: Number(pid), startIdentity };
}
