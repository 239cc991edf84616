/** What a person reads of what keeps the index from being whole. */
import type { IndexState } from "../../../shared/model/host.ts";
import type { IndexStanding } from "./indexStanding.ts";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  EISDIR: "a folder, where a file should be",
  ENOTDIR: "a file, where a folder should be",
  ELOOP: "a link that leads to itself",
  ENOENT: "a link that leads nowhere, or deleted meanwhile",
  EIO: "its disk fails",
  EMFILE: "too many files are open",
  WORKER_DIED: "reading it ended a thread; it is tried again",
};

export function unreadOf({ unreadCount, unread }: IndexStanding): IndexState["unread"] {
  return { count: unreadCount, first: unread.map(({ path, code }) => ({ path, reason: reasonOf(code) })) };
}

function reasonOf(code: string): string {
  const words = reasons[code];
  return words === undefined ? code : `${words} (${code})`;
}

export function standingNotices({ away, unwatched }: IndexStanding): readonly string[] {
  const gone = away.map(
    (folder) =>
      `${folder} is away, or empty: its sessions are kept as they were last read. It is looked for every ten seconds.`,
  );
  return unwatched === null ? gone : [...gone, unwatchedWords(unwatched)];
}

/** Why not all that was said can be found; null when it can. */
export function awayFromSearch(away: readonly string[]): string | null {
  if (away.length === 0) return null;
  return `What was said in sessions of ${away.join(", ")} is not found until that is back.`;
}

const LATE = "What changes there is seen within ten seconds.";

function unwatchedWords(code: string): string {
  switch (code) {
    case "ENOSPC":
      return `Not all transcript folders are watched: the system allows no more watches. ${LATE} Raise fs.inotify.max_user_watches, and start Switchboard again.`;
    case "EMFILE":
      return `Not all transcript folders are watched: too many files or watches are open. ${LATE} Raise fs.inotify.max_user_instances or the limit of open files, and start Switchboard again.`;
    default:
      return `Not all transcript folders are watched (${code}). ${LATE}`;
  }
}
