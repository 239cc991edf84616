import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { CONTRACT_VERSION } from "../../shared/contract/version.ts";
import type { HostInfo } from "../../shared/model/host.ts";
import type { SessionLabel } from "../../shared/model/session.ts";
import { EventBus } from "./bus/eventBus.ts";
import { startReaper } from "./claude/reaper.ts";
import { ClaudeLauncher } from "./claudeLauncher.ts";
import type { Engine } from "./engine.ts";
import type { EngineLog } from "./engineLog.ts";
import { feedOpening } from "./feeds.ts";
import { allHandlers } from "./handlers/allHandlers.ts";
import { HostNotices } from "./hostNotices.ts";
import { keptTitle } from "./observation/keptTitle.ts";
import { openObservation } from "./observation/openObservation.ts";
import { openBudgets } from "./budgets/openBudgets.ts";
import { type Costs, openCosts } from "./costs/openCosts.ts";
import { PermissionRegistry } from "./permissions/permissionRegistry.ts";
import { advanceOpenBlocks, type OpenBlock } from "../../shared/state/openBlocks.ts";
import { OwnedSessions, type OwnedSessionsOptions } from "./sessions/ownedSessions.ts";
import { PayloadDispatch } from "./sessions/payloadDispatch.ts";
import { PayloadTracker } from "./sessions/payloadTracker.ts";
import { SessionDirectory } from "./sessions/sessionDirectory.ts";
import { SessionLabels } from "./sessions/sessionLabels.ts";
import type { TurnGate } from "./sessions/turnGate.ts";
import { lockDataDirectory, makeDataDirectory } from "./storage/lockDataDirectory.ts";
import { DatabaseUnusableError, type OpenedDatabase, openDatabase } from "./storage/openDatabase.ts";
import { openStorage, type Storage } from "./storage/openStorage.ts";
import { storageFailureOf } from "./storage/storageFailure.ts";
import { surviveFileLimit } from "./storage/surviveFileLimit.ts";

/** Children at a time when nobody says otherwise: each is a process of some 300 MB. */
const DEFAULT_MAX_SESSIONS = 10;

export interface EngineOptions {
  /** Where the database is kept; made when missing, for this user alone. */
  readonly dataDir: string;
  /** The `claude` executable to run; looked for when missing. */
  readonly claudePath?: string;
  readonly maxSessions?: number;
  readonly hostVersion: string;
  readonly logger: EngineLog;
  /** What children inherit from; this process's own environment when missing. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly now?: () => Date;
}

/**
 * Wires the engine and starts it: the database is open, processes of an earlier run are gone, the CLI has been looked
 * for.
 * @throws DataDirectoryInUseError when another host runs on the directory, DataDirectoryUnusableError when nothing can be
 * kept there, NewerDatabaseError when a newer version wrote the database, DatabaseUnusableError when it cannot be opened.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { dataDir, hostVersion, logger: log, maxSessions = DEFAULT_MAX_SESSIONS, now = () => new Date() } = options;
  const environment = options.environment ?? process.env;
  surviveFileLimit();
  await makeDataDirectory(dataDir);
  const unlock = lockDataDirectory(dataDir);
  const opened = openOrLetGo(join(dataDir, "switchboard.db"), now, unlock);
  const notices = new HostNotices();
  notices.add(() => (opened.notice === null ? [] : [opened.notice]));
  const storage = openStorage(opened.database, log, notices.look);
  notices.add(storage.notices);
  const reaper = startReaper({ onProblem: (error) => log.error({ err: error }, "the reaper does not run") });
  const launcher = new ClaudeLauncher({
    claudePath: options.claudePath,
    environment,
    rows: storage.ownedProcesses,
    reaper,
    log,
  });
  // The index and the registry know which sessions this host owns, and its sessions who else has them open.
  const parts = wire(storage, {
    maxSessions,
    now,
    log,
    beforeTakeOver: (...asked) => observed.beforeTakeOver(...asked),
    planFolders: () => observed.planFolders(),
    gate: {
      checkPayload: (...asked) => budgets.checkPayload(...asked),
      checkStart: (start) => budgets.checkStart(start),
    },
    launch: async (...asked) => {
      const launched = await launcher.launch(...asked);
      observed.noteChild(launched.process.pid);
      return launched;
    },
  });
  endWhatWasLeft(storage, parts);
  await Promise.all([launcher.endOrphans(), launcher.locate()]);
  const costs = await openCosts({ dataDir, bus: parts.bus, onNotices: notices.look, log });
  const observed = await openObservation({
    dataDir,
    costs,
    environment,
    settings: storage.settings.read,
    bus: parts.bus,
    directory: parts.directory,
    labelOf: (sessionId) => parts.labels.of(sessionId),
    kept: storage.journal,
    recorded: storage.ownedProcesses.all,
    onIndexState: notices.look,
    log,
  });
  const hostInfo = (): HostInfo => ({
    version: hostVersion,
    contractVersion: CONTRACT_VERSION,
    pid: process.pid,
    claude: launcher.claude,
    claudeProblem: launcher.problem,
    maxSessions,
    notices: notices.current(),
    index: observed.indexState(),
    search: observed.searchState(),
  });
  notices.add(observed.index.notices);
  notices.add(costs.notices);
  // A client that is told asks for all of the host again, and so hears of this as well.
  notices.watch(() => observed.index.state().state);
  notices.watch(() => observed.index.state().problem);
  notices.watch(() => JSON.stringify(observed.index.state().unread));
  notices.begin((all) => parts.bus.append("", { type: "host.noticesChanged", data: { notices: all } }));
  const epoch = randomUUID();
  const locateClaude = async (): Promise<void> => void (launcher.claude === null && (await launcher.locate()));
  const kept = parts.directory.list().filter(({ sessionId }) => parts.directory.isKept(sessionId));
  costs.begin(
    observed.index,
    kept.map(({ sessionId, projectPath }) => ({ sessionId, projectPath })),
  );
  keepLabels(parts.labels, costs, observed.index.read.labels());
  const titleOf = (sessionId: string): string | null =>
    parts.directory.get(sessionId)?.title ?? keptTitle(observed.index, sessionId);
  const budgets = openBudgets({ ...parts, rows: storage.budgetRows, costs, titleOf, now, log });
  void observed.start().then(budgets.begin);
  return {
    epoch,
    handlers: allHandlers({ ...parts, storage, observation: observed, costs, budgets, now, hostInfo, locateClaude }),
    hostInfo,
    openFeed: feedOpening({ ...parts, ...storage, ...observed, epoch, hostInfo }),
    dispose: async () => {
      await parts.owned.closeAll();
      parts.directory.flush();
      await budgets.dispose();
      await costs.dispose();
      await observed.dispose();
      storage.dispose();
      await reaper.dispose();
      unlock();
    },
  };
}

/** A database that cannot be opened must not keep the directory from the next try. */
function openOrLetGo(path: string, now: () => Date, unlock: () => void): OpenedDatabase {
  try {
    return openDatabase(path, now);
  } catch (error) {
    unlock();
    throw storageFailureOf(error) === null ? error : new DatabaseUnusableError(path, error);
  }
}

function wire(
  storage: Storage,
  options: Pick<OwnedSessionsOptions, "maxSessions" | "beforeTakeOver" | "launch" | "planFolders"> & {
    readonly gate: TurnGate;
    readonly now: () => Date;
    readonly log: EngineLog;
  },
) {
  const { maxSessions, beforeTakeOver, launch, planFolders, gate, now, log } = options;
  const bus = new EventBus({
    lastSeq: storage.sequence.lastSeq,
    onSeq: storage.sequence.reserve,
    now,
    onListenerError: (error, event) => log.error({ err: error, type: event.type }, "a listener failed on an event"),
  });
  const emit = (sessionId: string, draft: Parameters<EventBus["append"]>[1]): void => void bus.append(sessionId, draft);
  const directory = new SessionDirectory(storage.sessions, (error) =>
    log.error({ err: error }, "a session was not saved"),
  );
  const payloads = new PayloadTracker({ store: storage.payloadRows, emit, now });
  const permissions = new PermissionRegistry({ store: storage.permissionRows, emit, now });
  const labels = new SessionLabels({
    store: storage.sessionLabels,
    isKnown: (sessionId) => directory.get(sessionId) !== undefined,
    emit,
  });
  const owned = new OwnedSessions({
    maxSessions,
    directory,
    labels,
    payloads,
    permissions,
    emit,
    beforeTakeOver,
    launch,
    planFolders,
    gate,
  });
  const dispatch = new PayloadDispatch({ directory, owned, payloads, gate, emit, now });
  const openBlocks = new Map<string, readonly OpenBlock[]>();
  // In this order: what a client may ask for after an event must know the event before the client hears of it.
  bus.listen((event, isRead) => {
    if (!isRead) storage.journal.append(event);
  });
  bus.listen((event) => directory.apply(event));
  bus.listen((event) => {
    const before = openBlocks.get(event.sessionId) ?? [];
    const after = advanceOpenBlocks(before, event);
    if (after.length === 0) openBlocks.delete(event.sessionId);
    else if (after !== before) openBlocks.set(event.sessionId, after);
  });
  bus.listen((event) => owned.observe(event));
  bus.listen((event) => labels.take(event));
  return { bus, directory, labels, payloads, permissions, owned, dispatch, openBlocks };
}

/** The ledger has the labels as well: for its sums, and for the day on which those that are kept here are lost. */
function keepLabels(labels: SessionLabels, costs: Costs, inLedger: Iterable<SessionLabel>): void {
  labels.adopt(inLedger);
  costs.label(labels.all());
  labels.onChange((labelled) => costs.label([labelled]));
}

/** Requests and payloads that were open when an earlier run stopped have ended with it. */
function endWhatWasLeft(
  storage: Storage,
  { payloads, permissions }: { readonly payloads: PayloadTracker; readonly permissions: PermissionRegistry },
): void {
  const left = storage.permissionRows.list({ status: "pending", limit: Number.MAX_SAFE_INTEGER - 1 });
  permissions.expireLeftOver(left.items);
  payloads.failLeftOver();
}
