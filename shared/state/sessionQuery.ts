import type { SessionSummary } from "../model/session.ts";

/** The words of a query, in small letters. */
export function queryWords(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/u).filter(Boolean);
}

/** A summary never changes, so its text is put together once. */
const searchedText = new WeakMap<SessionSummary, string>();

/** Whether title, label, project, branch, id and model hold every word. */
export function holdsWords(session: SessionSummary, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  let text = searchedText.get(session);
  if (text === undefined) {
    const { title, label, projectPath, worktree, gitBranch, sessionId, model } = session;
    text = [
      title,
      label ?? "",
      projectPath,
      worktree?.projectPath ?? "",
      worktree?.name ?? "",
      gitBranch ?? "",
      sessionId,
      model ?? "",
    ]
      .join("\n")
      .toLowerCase();
    searchedText.set(session, text);
  }
  return words.every((word) => text.includes(word));
}
