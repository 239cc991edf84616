/** What an index and the classifier tell of the sessions, in the form of the expectations. */
import { classifyTranscript } from "../../../electron/engine/discovery/classifyTranscript.ts";
import type { TranscriptSessionRow } from "../../../electron/engine/storage/transcriptRows.ts";
import { sessionFactsSchema } from "../../../electron/engine/transcripts/sessionFacts.ts";
import type { JsonObject } from "../../../shared/model/json.ts";
import { looksLikeQuestion } from "../../../shared/state/looksLikeQuestion.ts";
import { type ExpectedSession, inShort, labelOf } from "./expectations.ts";

export interface ToldBy {
  /** The rows of the index. */
  readonly rows: Iterable<TranscriptSessionRow>;
  /** By session id. */
  readonly transcripts: ReadonlyMap<string, readonly JsonObject[]>;
  /** Makes the paths of a text those of the expectations. */
  readonly atHome: (text: string) => string;
}

/** By label. */
export function toldSessions({ rows, transcripts, atHome }: ToldBy): Readonly<Record<string, ExpectedSession>> {
  return Object.fromEntries(
    [...rows].map(({ sessionId, facts }) => {
      const records: readonly JsonObject[] = JSON.parse(atHome(JSON.stringify(transcripts.get(sessionId) ?? [])));
      return [labelOf(sessionId), toldSession(atHome(facts), records)] as const;
    }),
  );
}

function toldSession(facts: string, records: readonly JsonObject[]): ExpectedSession {
  const { title, projectPath, lastCwd, gitBranch, models, turnCount, toolCount, ...more } = factsOf(facts);
  const { subagentCount, linesAdded, linesRemoved, pullRequestUrl, parentSessionId } = more;
  return {
    ...{ title: title ?? "", projectPath: projectPath ?? "", lastCwd: lastCwd ?? "", gitBranch, models },
    ...{ turnCount, toolCount, subagentCount, linesAdded, linesRemoved, pullRequestUrl },
    parent: parentSessionId === null ? null : labelOf(parentSessionId),
    activity: inShort(classifyTranscript(records, looksLikeQuestion)),
  };
}

export function factsOf(facts: string) {
  return sessionFactsSchema.parse(JSON.parse(facts));
}
