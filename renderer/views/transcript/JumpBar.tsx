import { ChevronDown, ChevronUp } from "lucide-react";
import { useHotkeys } from "react-hotkeys-hook";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import type { JumpDirection, JumpMark, LoadedStretch } from "../../stores/jumpStore.ts";
import { useJumps, useUi } from "../useStores.ts";
import { jumpMarks, missedWords, type MarkWords } from "./jumpWords.ts";

interface JumpBarProps {
  readonly sessionId: string;
  /** The place that a look in this direction begins at: what is in sight. */
  readonly seqInSight: (direction: JumpDirection) => number | null;
  readonly loaded: LoadedStretch;
}

/** Leads to the next or previous turn, question, error or changed file, anywhere in the session. */
export function JumpBar({ sessionId, seqInSight, loaded }: JumpBarProps) {
  const jump = useJumps((state) => state.jump);
  const seeking = useJumps((state) => (state.seeking?.sessionId === sessionId ? state.seeking : null));
  const missed = useJumps((state) => (state.missed?.sessionId === sessionId ? state.missed : null));
  const isFree = useUi((state) => state.dialog === null);
  const go = (mark: JumpMark, direction: JumpDirection): void =>
    void jump({ sessionId, mark, direction }, seqInSight(direction), loaded);
  const options = { enabled: isFree, preventDefault: true } as const;
  useHotkeys(
    jumpMarks.flatMap(({ key }) => [key, `shift+${key}`]),
    (event) => {
      const found = jumpMarks.find(({ key }) => key === event.key.toLowerCase());
      if (found !== undefined) go(found.mark, event.shiftKey ? "previous" : "next");
    },
    options,
  );
  return (
    <div
      role="toolbar"
      aria-label="Jump to"
      className="flex shrink-0 flex-wrap items-center gap-x-1 border-b border-line px-2 py-0.5"
    >
      {jumpMarks.map((words) => (
        <JumpPair key={words.mark} words={words} onJump={go} />
      ))}
      <span role="status" className={cn("min-w-0 truncate px-1 text-xs", missed === null ? "text-dim" : "text-warn")}>
        {seeking !== null ? "Looking…" : missed === null ? "" : missedWords(missed)}
      </span>
    </div>
  );
}

function JumpPair(props: {
  readonly words: MarkWords;
  readonly onJump: (mark: JumpMark, direction: JumpDirection) => void;
}) {
  const { words, onJump } = props;
  const { mark, label, name, key } = words;
  return (
    <span className="inline-flex items-center rounded-md text-xs text-dim">
      <Button
        look="quiet"
        size="small"
        className="w-5 px-0"
        aria-label={`Previous ${name}`}
        title={`Previous ${name} (Shift+${key.toUpperCase()})`}
        onClick={() => onJump(mark, "previous")}
      >
        <ChevronUp aria-hidden className="size-3.5" />
      </Button>
      <span aria-hidden>{label}</span>
      <Button
        look="quiet"
        size="small"
        className="w-5 px-0"
        aria-label={`Next ${name}`}
        title={`Next ${name} (${key.toUpperCase()})`}
        onClick={() => onJump(mark, "next")}
      >
        <ChevronDown aria-hidden className="size-3.5" />
      </Button>
    </span>
  );
}
