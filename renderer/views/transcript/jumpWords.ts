import type { Jump, JumpMark } from "../../stores/jumpStore.ts";

/** What can be jumped to, in words, with its key; with Shift it goes back. */
export interface MarkWords {
  readonly mark: JumpMark;
  /** For a narrow bar. */
  readonly label: string;
  readonly name: string;
  readonly key: string;
}

export const jumpMarks: readonly MarkWords[] = [
  { mark: "turn", label: "Turn", name: "turn", key: "u" },
  { mark: "question", label: "Question", name: "question", key: "q" },
  { mark: "error", label: "Error", name: "error", key: "e" },
  { mark: "change", label: "File", name: "changed file", key: "m" },
];

/** That there is nothing more of it in that direction. */
export function missedWords({ mark, direction }: Jump): string {
  const name = jumpMarks.find((words) => words.mark === mark)?.name ?? mark;
  return direction === "next" ? `No further ${name}` : `No earlier ${name}`;
}
