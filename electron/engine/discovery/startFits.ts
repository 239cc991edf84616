/** Whether a running process is the one that a registry entry was written by, or a later one with its pid. */
import type { RegistryEntry } from "./registryEntry.ts";

/** What is known of the machine to read its start identities; see `readStartIdentities` of the CLI adapter. */
export interface StartClock {
  readonly platform: NodeJS.Platform;
  /** When the machine started, in milliseconds since 1970. */
  readonly bootedAt: number;
}

/** Start times are rounded to seconds by some systems, and clocks are set now and then. */
const TOLERANCE_MS = 5_000;

/** USER_HZ: what the kernel counts `starttime` in, on every platform that Node runs on. */
const TICKS_PER_SECOND = 100;

const MILLISECONDS_PER_CIM_TICK = 1 / 10_000;

/** 1970-01-01 in ticks of .NET, which counts from the year 1. */
const CIM_TICKS_AT_EPOCH = 621_355_968_000_000_000n;

/**
 * True when the process with the given start identity may be the entry's. Where the CLI noted the start as the system
 * does, that decides; else a process that started after the entry was made cannot have made it.
 */
export function startFits(
  entry: Pick<RegistryEntry, "procStart" | "startedAt">,
  startIdentity: string,
  clock: StartClock,
): boolean {
  const procStart = entry.procStart?.trim().replaceAll(/\s+/gu, " ") ?? null;
  if (procStart === startIdentity) return true;
  if (clock.platform === "linux" && procStart !== null) return false;
  const startedAt = startTimeOf(startIdentity, clock);
  if (startedAt === null || entry.startedAt === null) return true;
  return startedAt <= entry.startedAt + TOLERANCE_MS;
}

/** The moment that a start identity stands for, in milliseconds since 1970; null when it cannot be read. */
export function startTimeOf(startIdentity: string, { platform, bootedAt }: StartClock): number | null {
  if (platform === "linux") return finite(bootedAt + (Number(startIdentity) * 1_000) / TICKS_PER_SECOND);
  if (platform === "win32") return cimTime(startIdentity);
  return finite(Date.parse(startIdentity));
}

/** CIM ticks are local time without a zone. */
function cimTime(ticks: string): number | null {
  if (!/^\d+$/u.test(ticks)) return null;
  const wallClock = new Date(Number(BigInt(ticks) - CIM_TICKS_AT_EPOCH) * MILLISECONDS_PER_CIM_TICK);
  const iso = Number.isNaN(wallClock.getTime()) ? "" : wallClock.toISOString().slice(0, -1);
  return finite(Date.parse(iso));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
