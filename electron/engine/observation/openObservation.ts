/**
 * Wires what is seen of sessions and processes that this host did not start: the index over transcripts, the CLI's
 * registry, the tails of growing transcripts and the list of processes.
 * Invariant: what is on disk or runs elsewhere never keeps the host from starting; what cannot be read is logged.
 */
import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { IndexState, SearchState } from "../../../shared/model/host.ts";
import type { ProcessRow } from "../../../shared/model/process.ts";
import type { HostSettings } from "../../../shared/model/settings.ts";
import type { EventBus } from "../bus/eventBus.ts";
import type { OwnedPid } from "../discovery/joinProcesses.ts";
import type { RequestHandlers } from "../engine.ts";
import type { EngineLog } from "../engineLog.ts";
import type { SessionDirectory } from "../sessions/sessionDirectory.ts";
import { configRootCandidates } from "../transcripts/configRoots.ts";
import { callOfSubagent } from "../transcripts/replay/subagentFile.ts";
import { awayFromSearch } from "../transcripts/standingWords.ts";
import type { TranscriptIndex } from "../transcripts/transcriptIndex.ts";
import { breathing } from "./breathing.ts";
import { idsOf, indexedOf, type IndexSource } from "./indexedSessions.ts";
import { LiveRegistry } from "./liveRegistry.ts";
import { type ObservedCosts, openSessionSources, type SessionSources } from "./openSessionSources.ts";
import { ProcessWatch } from "./processWatch.ts";
import { isLookCheap, RunningProcesses } from "./runningProcesses.ts";
import type { KeptEvents, SessionHistory } from "./sessionHistory.ts";
import { type SearchedSessions, searchSessions } from "./sessionSearch.ts";
import { ShownRoots } from "./shownRoots.ts";
import type { Sightings, SightingsOptions } from "./sightings.ts";
import { lookBeforeTakeOver, type TakenHistory } from "./takeOver.ts";
import type { TranscriptTails } from "./transcriptTails.ts";
import { UnregisteredSessions } from "./unregisteredSessions.ts";

export interface ObservationOptions {
  readonly dataDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly settings: () => HostSettings;
  readonly costs: ObservedCosts;
  readonly bus: EventBus;
  readonly directory: SessionDirectory;
  readonly labelOf: SightingsOptions["labelOf"];
  readonly kept: KeptEvents;
  /** Children of this run and of earlier ones, as they are written down. */
  readonly recorded: () => readonly OwnedPid[];
  /** How far the index is, or what there is to tell of it, has changed. */
  readonly onIndexState: () => void;
  readonly log: EngineLog;
}

export interface Observation {
  readonly index: TranscriptIndex;
  /** How far the index is: `ready` only once the list has what it found. */
  readonly indexState: () => IndexState;
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
  /** The folders where the CLI may keep plans, best first. */
  readonly planFolders: () => readonly string[];
  /** A child of this host was spawned. */
  readonly noteChild: (pid: number) => void;
  readonly settingsChanged: (before: HostSettings, after: HostSettings) => Promise<void>;
  /**
   * Begins to read and to watch. Lists hold what an earlier run knew before that. Resolves when what was on disk is read, or
   * cannot be.
   */
  readonly start: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

/** Resolves when the sessions of earlier runs and the live ones are in the directory. */
export async function openObservation(options: ObservationOptions): Promise<Observation> {
  const { bus, directory, environment, settings, log } = options;
  const folders = (): readonly string[] =>
    configRootCandidates({ environment, home: environment["HOME"] ?? homedir(), extraRoots: settings().extraRoots });
  const roots = new ShownRoots(folders);
  const isSearchEnabled = settings().searchEnabled;
  const onStrangeWrite = (): void => watch.wake();
  const sources: SessionSources = await openSessionSources({
    ...options,
    roots,
    isSearchEnabled,
    onStrangeWrite,
    onIndexRegained: () => void takeInAll(sources),
  });
  const { index, search, source, tails, sightings, places, history } = sources;
  const showLive = (): void => tails.setLive(sightings.liveSessionIds);
  const processes = new RunningProcesses({
    recorded: options.recorded,
    entries: () => registry.entries,
    found: () => watch.found,
  });
  const { unregistered, watch } = openProcessWatch(options, sources, processes.unregistered, showLive);
  const stopListening = followOwned(bus, sources, unregistered);
  await roots.look();
  await beginWithKnown(source, sightings);
  const registry = await LiveRegistry.open({
    folders,
    log,
    onEntries: (entries) => {
      for (const sessionId of sightings.takeRegistry(entries)) unregistered.noteClosed(sessionId);
      showLive();
    },
  });
  const showRoots = async (): Promise<void> => {
    await registry.reopen();
    await roots.look();
    await lookAtAll(sources);
    void index.rootsChanged();
  };

  return {
    index,
    indexState: listedState(sources),
    history,
    tails,
    listProcesses: processes.list,
    beforeTakeOver: (sessionId, isFork) => {
      const live = (id: string) => sightings.live(id);
      const isKnown = (id: string) => directory.get(id) !== undefined;
      const findOpen = (id: string) => watch.openIn(id);
      const { transcriptOf } = sources;
      const parts = { lookAround: registry.rescan, live, findOpen, isKnown, transcriptOf, history };
      return lookBeforeTakeOver(parts, sessionId, isFork);
    },
    search: async (params) => {
      const page = await searchSessions(search, searchedSessions(directory, sources), params);
      // What is found is shown from the transcripts themselves.
      return index.away().length === 0 ? page : { ...page, partial: true };
    },
    searchState: () => {
      const state = search.state();
      return { ...state, problem: state.problem ?? (state.state === "off" ? null : awayFromSearch(index.away())) };
    },
    planFolders: () => folders().map((folder) => join(folder, "plans")),
    noteChild: (pid) => sightings.noteChild(pid, processes.noteChild(pid)),
    settingsChanged: async (before, after) => {
      if (before.searchEnabled !== after.searchEnabled) await search.setEnabled(after.searchEnabled);
      if (!isDeepStrictEqual(before.extraRoots, after.extraRoots)) await showRoots();
    },
    start: () => {
      // Search is built from what the index has found, and after it: what a session is called comes first.
      const read = index.scanAndWatch();
      void read.then(search.start);
      void read.then(() => watch.look());
      return read;
    },
    dispose: async () => {
      stopListening();
      tails.close();
      places.close();
      await Promise.all([registry.close(), watch.close(), search.dispose()]);
      await index.dispose();
    },
  };
}

function searchedSessions(directory: SessionDirectory, { transcriptOf }: SessionSources): SearchedSessions {
  return {
    of: (sessionId) => directory.get(sessionId),
    subagentCall: async (sessionId, path) => {
      const own = transcriptOf(sessionId)?.path;
      // What cannot be read leads nowhere, and is shown all the same.
      return own === undefined ? null : await callOfSubagent(own, path).catch(() => null);
    },
  };
}

/** What was told of a session as of somebody else's is looked at again when it comes to be owned here, and after that. */
function followOwned(
  bus: EventBus,
  { tails, sightings }: SessionSources,
  unregistered: UnregisteredSessions,
): () => void {
  return bus.listen((event) => {
    if (event.type === "session.created") {
      tails.drop(event.sessionId);
      sightings.look([event.sessionId]);
    }
    if (event.type !== "process.exited") return;
    tails.free(event.sessionId);
    unregistered.noteClosed(event.sessionId);
    sightings.look([event.sessionId]);
  });
}

/** Sessions that are open in processes that are in no registry, as those of older versions are. */
function openProcessWatch(
  { directory, log }: ObservationOptions,
  { transcriptOf, sightings }: SessionSources,
  processes: RunningProcesses["unregistered"],
  onLive: () => void,
): { readonly unregistered: UnregisteredSessions; readonly watch: ProcessWatch } {
  const unregistered = new UnregisteredSessions({
    processes,
    sessionsIn: (path) => directory.inDirectory(path),
    writtenMs: async (sessionId) => {
      const path = transcriptOf(sessionId)?.path;
      const found = path === undefined ? null : await stat(path).catch(() => null);
      return found?.mtimeMs ?? null;
    },
    isOpen: (sessionId) => directory.get(sessionId)?.owner === "owned" || sightings.live(sessionId) !== null,
  });
  const watch = new ProcessWatch({
    sessions: unregistered,
    onFound: (found) => {
      sightings.takeFound(found);
      onLive();
    },
    onProblem: (error) => log.warn({ err: error }, "the running processes could not be looked at"),
    isCheap: isLookCheap,
  });
  return { unregistered, watch };
}

/** Whoever waits for the index wants its sessions: the first time they come to the list a moment after they were found. */
function listedState({ index, sightings, places }: SessionSources): () => IndexState {
  let isListed = false;
  return () => {
    const state = index.state();
    isListed ||= state.state === "ready" && places.isSettled && sightings.isUpToDate;
    return state.state === "ready" && !isListed ? { ...state, state: "scanning" } : state;
  };
}

/** What the index has read of folders that are not shown any more stays in it. */
async function lookAtAll({ index, sightings }: SessionSources): Promise<void> {
  const breathe = breathing();
  for (const sessionId of idsOf(index.read)) {
    sightings.look([sessionId]);
    await breathe();
  }
}

/** After something could not be read: nobody tells of each session of it. */
async function takeInAll(sources: SessionSources): Promise<void> {
  await lookAtAll(sources);
  sources.search.lookAgain();
}

async function beginWithKnown(source: IndexSource, sightings: Sightings): Promise<void> {
  const breathe = breathing();
  for (const row of source.read.allSessions()) {
    const known = indexedOf(source, row);
    if (known !== null) sightings.begin(row.sessionId, known);
    await breathe();
  }
}
