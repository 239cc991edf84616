/**
 * Wires what is seen of sessions and processes that this host did not start: the index over transcripts, the CLI's
 * registry, the tails of growing transcripts and the list of processes.
 * Invariant: what is on disk or runs elsewhere never keeps the host from starting; what cannot be read is logged.
 */
import { homedir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { SearchState } from "../../../shared/model/host.ts";
import type { ProcessRow } from "../../../shared/model/process.ts";
import type { HostSettings } from "../../../shared/model/settings.ts";
import type { EventBus } from "../bus/eventBus.ts";
import { readStartIdentities } from "../claude/processIdentity.ts";
import { joinProcesses, type OwnedPid } from "../discovery/joinProcesses.ts";
import { createProcessList } from "../discovery/listProcesses.ts";
import type { LiveEntry } from "../discovery/believedEntries.ts";
import { type RegistryWatch, watchRegistry } from "../discovery/sessionRegistry.ts";
import type { RequestHandlers } from "../engine.ts";
import type { EngineLog } from "../engineLog.ts";
import type { SessionDirectory } from "../sessions/sessionDirectory.ts";
import { configRootCandidates } from "../transcripts/configRoots.ts";
import { readEnd } from "../transcripts/replay/readEnd.ts";
import { eventsOf } from "../transcripts/replay/recordEvents.ts";
import { readSubagentPage } from "../transcripts/replay/subagentFile.ts";
import { seekMark } from "../transcripts/replay/seekMark.ts";
import { readTranscriptPage } from "../transcripts/replay/transcriptPage.ts";
import { openTranscriptTail } from "../transcripts/replay/transcriptTail.ts";
import { openTranscriptSearch } from "../transcripts/search/transcriptSearch.ts";
import { openTranscriptIndex, type TranscriptIndex } from "../transcripts/transcriptIndex.ts";
import { breathing } from "./breathing.ts";
import {
  idsOf,
  indexedOf,
  indexedSession,
  type IndexedTranscript,
  indexedTranscript,
  type IndexSource,
  searchedFiles,
} from "./indexedSessions.ts";
import { searchSessions } from "./sessionSearch.ts";
import { type KeptEvents, SessionHistory } from "./sessionHistory.ts";
import { ShownRoots } from "./shownRoots.ts";
import { Sightings } from "./sightings.ts";
import { lookBeforeTakeOver, type TakenHistory } from "./takeOver.ts";
import { TranscriptTails } from "./transcriptTails.ts";

export interface ObservationOptions {
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly settings: () => HostSettings;
  readonly bus: EventBus;
  readonly directory: SessionDirectory;
  readonly kept: KeptEvents;
  /** Children of this run and of earlier ones, as they are written down. */
  readonly recorded: () => readonly OwnedPid[];
  readonly log: EngineLog;
}

export interface Observation {
  readonly index: TranscriptIndex;
  readonly history: SessionHistory;
  readonly tails: TranscriptTails;
  readonly search: RequestHandlers["search.query"];
  readonly searchState: () => SearchState;
  readonly listProcesses: () => Promise<readonly ProcessRow[]>;
  /**
   * Looks at a session that is to be resumed or forked; answers what of its past only its transcript has.
   * @throws RequestError `session_open_elsewhere` while another process has it open.
   */
  readonly beforeTakeOver: (sessionId: string, isFork: boolean) => Promise<TakenHistory>;
  /** A child of this host was spawned. */
  readonly noteChild: (pid: number) => void;
  readonly settingsChanged: (before: HostSettings, after: HostSettings) => Promise<void>;
  /** Begins to read and to watch. Lists hold what an earlier run knew before that. */
  readonly start: () => void;
  readonly dispose: () => Promise<void>;
}

/** Resolves when the sessions of earlier runs and the live ones are in the directory. */
export async function openObservation(options: ObservationOptions): Promise<Observation> {
  const { bus, directory, environment, settings, log, dataDir } = options;
  const candidates = (): readonly string[] =>
    configRootCandidates({
      environment,
      home: environment["HOME"] ?? homedir(),
      extraRoots: settings().extraRoots,
    });
  const roots = new ShownRoots(candidates);
  const index: TranscriptIndex = await openTranscriptIndex({
    dataDir,
    roots: () => roots.look(),
    log,
    onChange: (sessionIds) => {
      tails.sessionsChanged(sessionIds);
      sightings.look(sessionIds);
      search.notify(sessionIds);
    },
    onFilesChanged: (paths) => tails.filesChanged(paths),
  });
  const search = openTranscriptSearch({
    path: join(dataDir, "search.db"),
    files: (names) => searchedFiles(index.read, names),
    isEnabled: settings().searchEnabled,
    log,
  });
  const source: IndexSource = { read: index.read, isShown: (path) => roots.holds(path) };
  const transcriptOf = (sessionId: string): IndexedTranscript | null => indexedTranscript(source, sessionId);
  const tails = new TranscriptTails({
    fileOf: transcriptOf,
    isOwned: (sessionId) => directory.get(sessionId)?.owner === "owned",
    readEnd,
    follow: openTranscriptTail,
    eventsOf,
    emit: (sessionId, draft, at) => void bus.appendRead(sessionId, draft, at),
    onActivity: (sessionId) => sightings.look([sessionId]),
    onProblem: (sessionId, error) => log.warn({ err: error, sessionId }, "a transcript could not be followed"),
  });
  const sightings = new Sightings({
    directory,
    indexed: (sessionId) => indexedSession(source, sessionId),
    activityOf: (sessionId) => tails.activityOf(sessionId),
    emit: (sessionId, draft) => void bus.append(sessionId, draft),
  });
  const history = new SessionHistory({
    kept: options.kept,
    session: (sessionId) => directory.require(sessionId),
    transcriptOf,
    readPage: readTranscriptPage,
    readSubagentPage,
    seekMark,
  });
  const stopListening = bus.listen((event) => {
    if (event.type === "session.created") tails.drop(event.sessionId);
    if (event.type !== "process.exited") return;
    tails.free(event.sessionId);
    // What was told of it as of somebody else's session is looked at again once its own process is gone.
    sightings.look([event.sessionId]);
  });

  const openRegistry = (): Promise<RegistryWatch> =>
    watchRegistry({
      roots: candidates(),
      readStartIdentities,
      onChange: (entries) => takeRegistry(entries),
      onProblem: (problem) => log.warn(problem, "an entry of Claude Code's registry of sessions cannot be read"),
    });
  const takeRegistry = (entries: readonly LiveEntry[]): void => {
    sightings.takeRegistry(entries);
    tails.setLive(sightings.liveSessionIds);
  };
  await roots.look();
  await beginWithKnown(source, sightings);
  let registry = await openRegistry();
  const processes = createProcessList({ readStartIdentities });
  /** Children of this run; those that ended are not recorded any more. */
  const children = new Set<number>();

  return {
    index,
    history,
    tails,
    listProcesses: async () => {
      const recorded = options.recorded();
      const live = recorded.filter(({ pid }) => children.has(pid));
      const entries = registry.current();
      const listed = await processes.list([...entries, ...recorded].map(({ pid }) => pid));
      return joinProcesses({ listed, registry: entries, live, recorded, usableRoutes: new Set(["stdin"]) });
    },
    beforeTakeOver: (sessionId, isFork) => {
      const lookAround = () => registry.rescan();
      const live = (id: string) => sightings.live(id);
      const isKnown = (id: string) => directory.get(id) !== undefined;
      return lookBeforeTakeOver({ lookAround, live, isKnown, transcriptOf, history }, sessionId, isFork);
    },
    search: (params) => searchSessions(search, (sessionId) => directory.get(sessionId), params),
    searchState: search.state,
    noteChild: (pid) => {
      const recorded = options.recorded();
      const running = new Set(recorded.map((row) => row.pid));
      for (const child of children) if (!running.has(child)) children.delete(child);
      children.add(pid);
      sightings.noteChild(pid, recorded.find((row) => row.pid === pid)?.startIdentity ?? null);
    },
    settingsChanged: async (before, after) => {
      if (before.searchEnabled !== after.searchEnabled) await search.setEnabled(after.searchEnabled);
      if (isDeepStrictEqual(before.extraRoots, after.extraRoots)) return;
      await registry.close();
      registry = await openRegistry();
      // It tells of changes only: without any entry, nothing of what was live before would have ended.
      takeRegistry(registry.current());
      // What the index has read of the folders before stays in it.
      await roots.look();
      const breathe = breathing();
      for (const sessionId of idsOf(index.read)) {
        sightings.look([sessionId]);
        await breathe();
      }
      // A scan that runs goes on with the folders it began with.
      void index.scan().then(index.scan);
    },
    start: () => {
      // Search is built from what the index has found, and after it: what a session is called comes first.
      void index.watch().then(index.scan).then(search.start);
    },
    dispose: async () => {
      stopListening();
      tails.close();
      await Promise.all([registry.close(), search.dispose()]);
      await index.dispose();
    },
  };
}

async function beginWithKnown(source: IndexSource, sightings: Sightings): Promise<void> {
  const breathe = breathing();
  for (const row of source.read.allSessions()) {
    const known = indexedOf(source, row);
    if (known !== null) sightings.begin(row.sessionId, known);
    await breathe();
  }
}
