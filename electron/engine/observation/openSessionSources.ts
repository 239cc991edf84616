/** Wires what tells of sessions: the index over transcripts, search, tails, sightings and histories. */
import { join, sep } from "node:path";
import type { SessionSummary } from "../../../shared/model/session.ts";
import type { EventBus } from "../bus/eventBus.ts";
import { readPlanFile } from "../claude/planFile.ts";
import type { EngineLog } from "../engineLog.ts";
import type { SessionDirectory } from "../sessions/sessionDirectory.ts";
import { findOutermostCall } from "../transcripts/replay/findCall.ts";
import { readEnd } from "../transcripts/replay/readEnd.ts";
import { eventsOf } from "../transcripts/replay/recordEvents.ts";
import { seekMark } from "../transcripts/replay/seekMark.ts";
import { readSubagentPage } from "../transcripts/replay/subagentFile.ts";
import { readTranscriptPage } from "../transcripts/replay/transcriptPage.ts";
import { openTranscriptTail } from "../transcripts/replay/transcriptTail.ts";
import { openTranscriptSearch, type TranscriptSearch } from "../transcripts/search/transcriptSearch.ts";
import {
  openTranscriptIndex,
  type TranscriptIndex,
  type TranscriptIndexOptions,
} from "../transcripts/transcriptIndex.ts";
import {
  indexedSession,
  type IndexedTranscript,
  indexedTranscript,
  type IndexSource,
  searchedFiles,
} from "./indexedSessions.ts";
import { DirectoryPlaces } from "./directoryPlaces.ts";
import { type KeptEvents, SessionHistory } from "./sessionHistory.ts";
import { findJoinMark } from "./sessionHistoryJoin.ts";
import type { ShownRoots } from "./shownRoots.ts";
import { Sightings, type SightingsOptions } from "./sightings.ts";
import { TranscriptTails } from "./transcriptTails.ts";

/** What the index wants to know of costs, and they of it. */
export interface ObservedCosts {
  readonly userPrices: NonNullable<TranscriptIndexOptions["userPrices"]>;
  /** These live sessions used something. */
  readonly look: (sessionIds: readonly string[]) => void;
}

export interface SessionSourcesOptions {
  readonly dataDir: string;
  readonly costs: ObservedCosts;
  readonly roots: ShownRoots;
  readonly isSearchEnabled: boolean;
  readonly bus: EventBus;
  readonly directory: SessionDirectory;
  readonly labelOf: SightingsOptions["labelOf"];
  readonly kept: KeptEvents;
  /** How far the index is, or what there is to tell of it, has changed. */
  readonly onIndexState: () => void;
  /** Something wrote a session that nobody is known to have open. */
  readonly onStrangeWrite: () => void;
  /** The index can read what it could not before. */
  readonly onIndexRegained: () => void;
  readonly log: EngineLog;
}

export interface SessionSources {
  readonly index: TranscriptIndex;
  readonly search: TranscriptSearch;
  /** What the index holds of the folders that are shown. */
  readonly source: IndexSource;
  readonly transcriptOf: (sessionId: string) => IndexedTranscript | null;
  readonly tails: TranscriptTails;
  readonly sightings: Sightings;
  readonly places: DirectoryPlaces;
  readonly history: SessionHistory;
}

/** Resolves when what an earlier run's index knew can be read. */
export async function openSessionSources(options: SessionSourcesOptions): Promise<SessionSources> {
  const { dataDir, roots, log } = options;
  const index: TranscriptIndex = await openTranscriptIndex({
    dataDir,
    roots: () => roots.look(),
    log,
    userPrices: options.costs.userPrices,
    onProgress: options.onIndexState,
    onRegained: options.onIndexRegained,
    onChange: (sessionIds) => {
      const live = sessionIds.filter((sessionId) => options.directory.get(sessionId)?.live === true);
      options.costs.look(live);
      if (live.length < sessionIds.length) options.onStrangeWrite();
      tails.sessionsChanged(sessionIds);
      sightings.look(sessionIds);
      search.notify(sessionIds);
    },
    onFilesChanged: (paths) => tails.filesChanged(paths),
  });
  const search = openTranscriptSearch({
    path: join(dataDir, "search.db"),
    files: (names) => searchedFiles(index.read, names),
    isEnabled: options.isSearchEnabled,
    log,
  });
  const source: IndexSource = { read: index.read, isShown: (path) => roots.holds(path) };
  const transcriptOf = (sessionId: string): IndexedTranscript | null => indexedTranscript(source, sessionId);
  const { tails, sightings, places } = openWatching(options, source, transcriptOf);
  const history = new SessionHistory({
    kept: options.kept,
    session: (sessionId): SessionSummary => options.directory.require(sessionId),
    transcriptOf,
    readPage: readTranscriptPage,
    readSubagentPage,
    seekMark,
    findJoinMark,
    findOutermostCall,
  });
  return { index, search, source, transcriptOf, tails, sightings, places, history };
}

/** Plans lie beside the projects of the same configuration folder, wherever a transcript says they are. */
function readTranscriptPlan(transcriptPath: string, planFile: string): Promise<string | null> {
  const projects = transcriptPath.lastIndexOf(`${sep}projects${sep}`);
  return projects === -1
    ? Promise.resolve(null)
    : readPlanFile(join(transcriptPath.slice(0, projects), "plans"), planFile);
}

/** Tails tell what live sessions do, and sightings which sessions are live: each needs the other. */
function openWatching(
  { bus, directory, labelOf, log }: SessionSourcesOptions,
  source: IndexSource,
  transcriptOf: SessionSources["transcriptOf"],
): Pick<SessionSources, "tails" | "sightings" | "places"> {
  const tails = new TranscriptTails({
    fileOf: transcriptOf,
    isOwned: (sessionId) => directory.get(sessionId)?.owner === "owned",
    readEnd,
    follow: openTranscriptTail,
    eventsOf,
    emit: (sessionId, draft, at) => void bus.appendRead(sessionId, draft, at),
    readPlan: readTranscriptPlan,
    onActivity: (sessionId) => sightings.look([sessionId]),
    onProblem: (sessionId, error) => log.warn({ err: error, sessionId }, "a transcript could not be followed"),
  });
  const places = new DirectoryPlaces({ onChange: (sessionIds) => sightings.place(sessionIds) });
  const sightings: Sightings = new Sightings({
    directory,
    indexed: (sessionId) => indexedSession(source, sessionId),
    activityOf: (sessionId) => tails.activityOf(sessionId),
    placeOf: places.of,
    labelOf,
    emit: (sessionId, draft) => void bus.append(sessionId, draft),
    now: Date.now,
  });
  return { tails, sightings, places };
}
