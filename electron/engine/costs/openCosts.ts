/** Wires what is known of costs: the user's prices, what live sessions use, and the thread that answers. */
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { LedgerState } from "../../../shared/model/ledger.ts";
import type { SessionLabel } from "../../../shared/model/session.ts";
import type { EventBus } from "../bus/eventBus.ts";
import type { EngineLog } from "../engineLog.ts";
import type { CostAnswers, CostQuestion } from "../ledger/costMessages.ts";
import { CostThreads } from "./costThreads.ts";
import { openPrices, type Prices } from "../ledger/pricing/openPrices.ts";
import type { PriceSheet } from "../ledger/pricing/price.ts";
import type { OwnedMark } from "../storage/ledgerWrites.ts";
import { ledgerPath } from "../storage/openLedger.ts";
import type { LedgerAnswer, LedgerAsk } from "../transcripts/indexMessages.ts";
import type { LedgerUse } from "../transcripts/transcriptIndex.ts";
import { LiveCharges } from "./liveCharges.ts";

export interface CostsOptions {
  readonly dataDir: string;
  readonly bus: EventBus;
  /** What there is to tell a person has changed. */
  readonly onNotices: () => void;
  readonly log: EngineLog;
}

/** The part of the transcript index that writes the ledger; it comes later than the prices, which it asks for. */
export interface LedgerWriting {
  readonly askLedger: (ask: LedgerAsk) => Promise<LedgerAnswer>;
  readonly ledger: () => LedgerUse;
}

export interface Costs {
  readonly prices: Prices;
  /** The user's own prices; null when there are none. */
  readonly userPrices: () => PriceSheet | null;
  readonly userPriceFile: string;
  /** To be called when the index is open; these sessions were run by this host before. */
  readonly begin: (index: LedgerWriting, owned: Iterable<OwnedMark>) => void;
  /** Transcripts of these sessions have grown. */
  readonly look: (sessionIds: Iterable<string>) => void;
  /** People labelled these sessions; the ledger has it soon. */
  readonly label: (labels: Iterable<SessionLabel>) => void;
  /** @throws RequestError `internal` when the ledger cannot be read. */
  readonly ask: <What extends CostQuestion>(
    what: What,
    ask: CostAnswers[What]["ask"],
  ) => Promise<CostAnswers[What]["answer"]>;
  /** Why the ledger does not have everything; null when it has. */
  readonly problem: () => string | null;
  readonly notices: () => readonly string[];
  /** Calls back after every write that was asked for here: live use, grown transcripts, imports, prices. */
  readonly onWritten: (listener: () => void) => void;
  /** @throws RequestError `internal` when the ledger cannot be written. */
  readonly write: (ask: LedgerAsk) => Promise<LedgerAnswer>;
  readonly files: () => Promise<Pick<LedgerState, "path" | "sizeBytes" | "backups">>;
  readonly backUp: (now: Date) => Promise<{ readonly path: string; readonly sizeBytes: number }>;
  readonly dispose: () => Promise<void>;
}

const BACKUPS = "backups";
const BACKUP_NAME = /^ledger-.*\.db$/u;

/** Never rejects because of what the price file holds. */
export async function openCosts({ dataDir, bus, onNotices, log }: CostsOptions): Promise<Costs> {
  const userPriceFile = join(dataDir, "prices.json");
  const prices = await openPrices({ userFile: userPriceFile, keptFile: join(dataDir, "prices.last-good.json"), log });
  const path = ledgerPath(dataDir);
  const userPrices = () => prices.state().userSheet;
  const threads = new CostThreads({
    path,
    userPrices,
    inUse: () => index?.ledger() ?? { path, readOnly: null, openings: 0 },
  });
  const writtenListeners = new Set<() => void>();
  let index: LedgerWriting | null = null;
  const write = async (ask: LedgerAsk): Promise<LedgerAnswer> => {
    if (index === null) throw new Error("The ledger is not open yet.");
    const answer = await index.askLedger(ask);
    for (const listener of writtenListeners) listener();
    return answer;
  };
  const charges = new LiveCharges({
    ask: write,
    emit: (sessionId, draft) => void bus.append(sessionId, draft),
    onProblem: onNotices,
    log,
  });
  const readOnly = (): string | null => index?.ledger().readOnly ?? null;
  const stopListening = bus.listen((event, isRead) => {
    if (!isRead) charges.take(event);
  });
  prices.onChange(() => {
    const logged = (error: unknown): void => log.warn({ err: error }, "new prices are not in use everywhere yet");
    write({ what: "prices", userSheet: userPrices() }).catch(logged);
    threads.pricesChanged().catch(logged);
  });
  return {
    prices,
    userPrices,
    userPriceFile,
    begin: (opened, owned) => {
      index = opened;
      charges.own(owned);
    },
    look: (sessionIds) => charges.look(sessionIds),
    label: (labels) => charges.label(labels),
    onWritten: (listener) => void writtenListeners.add(listener),
    problem: () => readOnly() ?? charges.problem,
    notices: () => (charges.problem === null ? [] : [unkeptNotice(charges.problem)]),
    ask: (what, ask) => threads.ask(what, ask).catch(failed),
    write: (ask) => writable(readOnly(), () => write(ask)),
    files: async () => ({ path, sizeBytes: await wholeSize(path), backups: await backupsIn(join(dataDir, BACKUPS)) }),
    backUp: async (now) => {
      const target = join(dataDir, BACKUPS, `ledger-${now.toISOString().replaceAll(":", "-")}.db`);
      await writable(readOnly(), async () => {
        await mkdir(join(dataDir, BACKUPS), { recursive: true, mode: 0o700 });
        await write({ what: "backup", path: target });
      });
      return { path: target, sizeBytes: await sizeOf(target) };
    },
    dispose: async () => {
      stopListening();
      await charges.dispose();
      await Promise.all([threads.dispose(), prices.dispose()]);
    },
  };
}

/** Told while sessions go on. */
function unkeptNotice(problem: string): string {
  return `What running sessions cost is not in the ledger yet; it is held in memory until it can be written. ${problem}`;
}

/** @throws RequestError `internal` when the ledger may not be written, or could not be. */
async function writable<Answer>(readOnly: string | null, write: () => Promise<Answer>): Promise<Answer> {
  if (readOnly !== null) throw new RequestError("internal", readOnly);
  return write().catch(failed);
}

function failed(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new RequestError("internal", `The ledger of costs cannot be used at present. ${reason}`);
}

/** With what was written and is not in the file itself yet. */
async function wholeSize(path: string): Promise<number> {
  const [file, log] = await Promise.all([sizeOf(path), sizeOf(`${path}-wal`)]);
  return file + log;
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/** The newest first. */
async function backupsIn(folder: string): Promise<LedgerState["backups"]> {
  const names = await readdir(folder).catch((): string[] => []);
  const found = names
    .filter((name) => BACKUP_NAME.test(name))
    .map(async (name) => {
      const path = join(folder, name);
      // One that is deleted in this moment is none.
      const info = await stat(path).catch(() => null);
      return info === null ? [] : [{ path, sizeBytes: info.size, at: info.mtime.toISOString() }];
    });
  return (await Promise.all(found)).flat().toSorted((a, b) => b.at.localeCompare(a.at));
}
