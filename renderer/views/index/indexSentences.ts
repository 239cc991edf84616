import type { IndexState, SearchState } from "../../../shared/model/host.ts";
import { formatBytes, formatCount } from "../../components/formats.ts";

/** How reading the transcripts stands, in a sentence for the settings. */
export function indexSentence({ state, filesDone, filesTotal, bytesTotal, problem, unread }: IndexState): string {
  const done = `${formatCount(filesDone)} of ${formatCount(filesTotal)} files`;
  switch (state) {
    case "scanning":
      return filesTotal === 0 ? "Looking for transcripts…" : `Reading: ${done}.`;
    case "ready":
      return (
        problem ??
        `${formatCount(filesTotal)} files, ${formatBytes(bytesTotal)}, ${unread.count === 0 ? "all" : "not all"} read.`
      );
    case "off":
      return problem ?? (filesTotal > filesDone ? `Stopped after ${done}.` : "Not read yet.");
  }
}

/** How the full-text search stands, with what it takes on disk. */
export function searchSentence({ state, filesDone, filesTotal, sizeBytes, problem }: SearchState): string {
  const size = sizeBytes === 0 ? "" : ` It takes ${formatBytes(sizeBytes)} on disk.`;
  switch (state) {
    case "building":
      return `Being built: ${formatCount(filesDone)} of ${formatCount(filesTotal)} files.${size}`;
    case "ready":
      return `${problem ?? "Ready."}${size}`;
    case "off":
      return problem ?? `Switched off.${size}`;
  }
}
