import type { HostInfo, IndexState, SearchState } from "../../../shared/model/host.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { formatBytes, formatCount, formatSeconds } from "../../components/formats.ts";

/** What the strip says about reading transcripts; null while there is nothing to say. */
export type IndexWords =
  | {
      readonly kind: "reading";
      /** Short and without changing numbers: what a screen reader is told once. */
      readonly title: string;
      readonly detail: string;
      /** From 0 to 1; null while nobody knows how much there is. */
      readonly share: number | null;
      readonly action: "cancel" | null;
    }
  | {
      readonly kind: "stopped" | "problem" | "unread";
      readonly title: string;
      readonly detail: string;
      readonly action: "goOn" | "lookAgain";
    };

/** The words for the state of reading; building the search is told only while nothing more important is. */
export function indexWords({ index, search }: Pick<HostInfo, "index" | "search">): IndexWords | null {
  if (index.state === "scanning") {
    return { kind: "reading", title: "Reading transcripts", ...progressOf(index), action: "cancel" };
  }
  if (index.problem !== null) return problemWords(index.problem, index.state === "ready" ? "lookAgain" : "goOn");
  if (wasStopped(index)) {
    const left = index.filesTotal - index.filesDone;
    const files = left === 1 ? "1 transcript was not read" : `${formatCount(left)} transcripts were not read`;
    return {
      kind: "stopped",
      title: "Reading was stopped",
      detail: `${files} yet; their sessions are missing or old.`,
      action: "goOn",
    };
  }
  if (search.state === "building") {
    return { kind: "reading", title: "Building the search", ...progressOf(search), action: null };
  }
  return unreadWords(index.unread);
}

/** Little, beside all that was read: the settings name every one that the host tells of. */
function unreadWords({ count, first }: IndexState["unread"]): IndexWords | null {
  const [one] = first;
  if (one === undefined) return null;
  const detail = `${visibleText(one.path)}: ${one.reason}.`;
  if (count === 1) return { kind: "unread", title: "One file could not be read", detail, action: "lookAgain" };
  const title = `${formatCount(count)} files could not be read`;
  return { kind: "unread", title, detail: `${detail} The settings name more.`, action: "lookAgain" };
}

/** Bytes tell the time better than files: one transcript may be a thousand times another. */
function progressOf(state: IndexState | SearchState) {
  const { filesDone, filesTotal, bytesDone, bytesTotal, secondsLeft } = state;
  if (filesTotal === 0) return { detail: "looking for files", share: null };
  const parts = [`${formatCount(filesDone)} of ${formatCount(filesTotal)} files`];
  if (bytesTotal > 0) parts.push(`${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`);
  if (secondsLeft !== null) parts.push(`about ${formatSeconds(secondsLeft)} left`);
  const share = bytesTotal > 0 ? bytesDone / bytesTotal : filesDone / filesTotal;
  return { detail: parts.join(", "), share: Math.min(1, Math.max(0, share)) };
}

function problemWords(problem: string, action: "goOn" | "lookAgain"): IndexWords {
  return { kind: "problem", title: "Not all transcripts could be read", detail: problem, action };
}

/** `off` is also how it stands before the first look, when no file is known. */
function wasStopped({ state, filesDone, filesTotal }: IndexState): boolean {
  return state === "off" && filesTotal > filesDone;
}
