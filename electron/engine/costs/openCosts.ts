/** Wires what is known of costs: the user's prices, what live sessions use, and the thread that answers. */
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { LedgerState } from "../../../shared/model/cost.ts";
import type { EventBus } from "../bus/eventBus.ts";
import type { EngineLog } from "../engineLog.ts";
import type { CostAnswers, CostQuestion } from "../ledger/costMessages.ts";
import { CostThread } from "../ledger/costThread.ts";
import { openPrices, type Prices } from "../ledger/pricing/openPrices.ts";
import type { PriceSheet } from "../ledger/pricing/price.ts";
import { ledgerPath } from "../storage/openLedger.ts";
import type { LedgerAnswer, LedgerAsk } from "../transcripts/indexMessages.ts";
import { LiveCharges } from "./liveCharges.ts";

export interface CostsOptions {
  readonly dataDir: string;
  readonly bus: EventBus;
  readonly log: EngineLog;
}

/** The part of the transcript index that writes the ledger; it comes later than the prices, which it asks for. */
export interface LedgerWriting {
  readonly askLedger: (ask: LedgerAsk) => Promise<LedgerAnswer>;
}

export interface Costs {
  readonly prices: Prices;
  /** The user's own prices; null when there are none. */
  readonly userPrices: () => PriceSheet | null;
  readonly userPriceFile: string;
  /** To be called when the index is open; these sessions were run by this host before. */
  readonly begin: (index: LedgerWriting, owned: Iterable<string>) => void;
  /** Transcripts of these sessions have grown. */
  readonly look: (sessionIds: Iterable<string>) => void;
  /** @throws RequestError `internal` when the ledger cannot be read. */
  readonly ask: <What extends CostQuestion>(
    what: What,
    ask: CostAnswers[What]["ask"],
  ) => Promise<CostAnswers[What]["answer"]>;
  /** @throws RequestError `internal` when the ledger cannot be written. */
  readonly write: (ask: LedgerAsk) => Promise<LedgerAnswer>;
  readonly files: () => Promise<Pick<LedgerState, "path" | "sizeBytes" | "backups">>;
  readonly backUp: (now: Date) => Promise<{ readonly path: string; readonly sizeBytes: number }>;
  readonly dispose: () => Promise<void>;
}

const BACKUPS = "backups";
const BACKUP_NAME = /^ledger-.*\.db$/u;

/** Never rejects because of what the price file holds. */
export async function openCosts({ dataDir, bus, log }: CostsOptions): Promise<Costs> {
  const userPriceFile = join(dataDir, "prices.json");
  const prices = await openPrices({ userFile: userPriceFile, log });
  const path = ledgerPath(dataDir);
  const userPrices = () => prices.state().userSheet;
  const thread = new CostThread({ ledgerPath: path, userPrices });
  let index: LedgerWriting | null = null;
  const write = async (ask: LedgerAsk): Promise<LedgerAnswer> => {
    if (index === null) throw new Error("The ledger is not open yet.");
    return index.askLedger(ask);
  };
  const charges = new LiveCharges({ ask: write, emit: (sessionId, draft) => void bus.append(sessionId, draft), log });
  const stopListening = bus.listen((event, isRead) => {
    if (!isRead) charges.take(event);
  });
  prices.onChange(() => {
    const logged = (error: unknown): void => log.warn({ err: error }, "new prices are not in use everywhere yet");
    write({ what: "prices", userSheet: userPrices() }).catch(logged);
    thread.pricesChanged().catch(logged);
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
    ask: (what, ask) => thread.ask(what, ask).catch(failed),
    write: (ask) => write(ask).catch(failed),
    files: async () => ({ path, sizeBytes: await sizeOf(path), backups: await backupsIn(join(dataDir, BACKUPS)) }),
    backUp: async (now) => {
      await mkdir(join(dataDir, BACKUPS), { recursive: true, mode: 0o700 });
      const target = join(dataDir, BACKUPS, `ledger-${now.toISOString().replaceAll(":", "-")}.db`);
      await write({ what: "backup", path: target }).catch(failed);
      return { path: target, sizeBytes: await sizeOf(target) };
    },
    dispose: async () => {
      stopListening();
      await charges.dispose();
      await Promise.all([thread.dispose(), prices.dispose()]);
    },
  };
}

function failed(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new RequestError("internal", `The ledger of costs cannot be used at present. ${reason}`);
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
      const { size, mtime } = await stat(path);
      return { path, sizeBytes: size, at: mtime.toISOString() };
    });
  return (await Promise.all(found)).toSorted((a, b) => b.at.localeCompare(a.at));
}
