/**
 * A year of API messages as the index's workers hand them over: parts of files, ready to be written. Sessions of many
 * projects that overlap, several models, turns of some messages. The same numbers make the same parts.
 */
import { emptyFacts } from "../../../electron/engine/transcripts/fileFacts.ts";
import type { FoundTranscript } from "../../../electron/engine/transcripts/findTranscripts.ts";
import type { MessageCopy } from "../../../electron/engine/transcripts/messageCopy.ts";
import type { ScanPart } from "../../../electron/engine/transcripts/scanTranscript.ts";
import { Random } from "./random.ts";

export interface LedgerPart {
  readonly found: FoundTranscript;
  readonly part: ScanPart;
}

export interface LedgerPartsOrder {
  readonly entries: number;
  readonly sessions: number;
  readonly projects: number;
  readonly days: number;
  /** The newest entry is from then. */
  readonly untilMs: number;
}

const DAY_MS = 86_400_000;
const MESSAGES_A_TURN = 9;
const MODELS = [
  "claude-opus-5-5",
  "claude-opus-5-5",
  "claude-opus-5",
  "claude-sonnet-5-5",
  "claude-haiku-5-5",
] as const;

/** The newest session first, as files are read. */
export function ledgerParts(order: LedgerPartsOrder): readonly LedgerPart[] {
  const random = new Random(7);
  const { entries, sessions, days, untilMs } = order;
  const parts: LedgerPart[] = [];
  for (let index = 0; index < sessions; index += 1) {
    const count = Math.floor((entries * (index + 1)) / sessions) - Math.floor((entries * index) / sessions);
    const beganMs = untilMs - Math.floor((days * DAY_MS * (index + 1)) / sessions);
    parts.push(sessionPart(random, order, { index, count, beganMs }));
  }
  return parts;
}

interface SessionOrder {
  readonly index: number;
  readonly count: number;
  readonly beganMs: number;
}

function sessionPart(random: Random, order: LedgerPartsOrder, { index, count, beganMs }: SessionOrder): LedgerPart {
  const sessionId = random.uuid();
  const cwd = `/home/user/project-${String((index * 7) % order.projects)}`;
  const path = `/home/user/.claude/projects/${cwd.replaceAll("/", "-")}/${sessionId}.jsonl`;
  const copies: MessageCopy[] = [];
  let [turnId, model] = [random.uuid(), random.pick(MODELS)];
  for (let at = 0; at < count; at += 1) {
    if (at % MESSAGES_A_TURN === 0) turnId = random.uuid();
    if (random.chance(0.01)) model = random.pick(MODELS);
    const atMs = Math.min(beganMs + at * 31_000 + random.between(0, 20_000), order.untilMs);
    copies.push(messageCopy(random, { sessionId, path, turnId, model, atMs, offset: at * 8_192 }));
  }
  const lastAtMs = copies.at(-1)?.atMs ?? beganMs;
  const totalUsd = random.chance(0.9) ? random.between(1, 9_000_000) / 1e6 : null;
  const facts = {
    ...emptyFacts(),
    ...{ sessionId, firstCwd: cwd, lastCwd: cwd, gitBranch: `feature/${random.hex(6)}`, cliVersion: "2.1.329" },
    ...{ models: [model], lastModel: model, firstAtMs: beganMs, lastAtMs, firstPrompt: random.words(9), turnId },
    ...{ turnCount: Math.ceil(count / MESSAGES_A_TURN), toolCount: count, costUsd: totalUsd },
    ...{ costAtMs: totalUsd === null ? null : lastAtMs, entrypoint: "cli" },
  };
  const sizeBytes = count * 8_192;
  const stat = { identity: `1:${String(index)}`, sizeBytes, modifiedMs: lastAtMs };
  return {
    found: { path, kind: "main", sessionId, ...stat },
    part: {
      ...stat,
      offset: sizeBytes,
      fingerprint: random.hex(16),
      facts,
      copies,
      totals: [],
      isAnew: false,
      isDone: true,
    },
  };
}

type Placed = Pick<MessageCopy, "sessionId" | "path" | "turnId" | "model" | "atMs" | "offset">;

export function messageCopy(random: Random, placed: Placed): MessageCopy {
  const isHour = random.chance(0.2);
  const written = random.between(0, 4_000);
  return {
    ...placed,
    messageId: `msg_01${random.hex(22)}`,
    requestId: `req_01${random.hex(22)}`,
    isSidechain: random.chance(0.2),
    isForkCopy: false,
    input: random.between(1, 200),
    output: random.between(1, 3_000),
    cacheRead: random.between(0, 150_000),
    cacheWrite5m: isHour ? 0 : written,
    cacheWrite1h: isHour ? written : 0,
    webSearches: random.chance(0.01) ? 1 : 0,
    speed: random.chance(0.05) ? "fast" : "standard",
    serviceTier: "standard",
    inferenceGeo: "",
    origin: "transcript",
    isTurnTold: false,
    gitBranch: "main",
    isProvisional: false,
  };
}
