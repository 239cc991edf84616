import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button.tsx";
import { lineControlClass } from "../../components/controls.ts";
import { cn } from "../../components/cn.ts";
import type { SearchResult, StreamTerminal } from "../../terminal/streamTerminal.ts";

/** The search bar of the stream: Enter and Shift+Enter walk the matches, Escape closes it. */
export function StreamSearch(props: {
  readonly terminal: StreamTerminal;
  readonly result: SearchResult | null;
  /** Grows each time search is asked for, to take the keyboard again. */
  readonly focusRequest: number;
  readonly onClose: () => void;
}) {
  const { terminal, result, focusRequest, onClose } = props;
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");
  useEffect(() => {
    if (focusRequest > 0) input.current?.select();
  }, [focusRequest]);
  useEffect(() => () => terminal.endSearch(), [terminal]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter") terminal.search(query, event.shiftKey ? "previous" : "next");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <search className="absolute top-2 right-4 z-10 flex items-center gap-1 rounded-lg border border-line bg-raised p-1 shadow-(--shadow)">
      <input
        ref={input}
        type="text"
        value={query}
        aria-label="Search the stream"
        placeholder="Search the stream"
        spellCheck={false}
        className={cn(lineControlClass, "w-52")}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setQuery(event.target.value);
          terminal.search(event.target.value, "next");
        }}
      />
      <span aria-live="polite" className="min-w-18 px-1 text-center text-xs text-dim">
        {matchWords(query, result)}
      </span>
      <Button look="quiet" size="icon" aria-label="Previous match" onClick={() => terminal.search(query, "previous")}>
        <ChevronUp aria-hidden className="size-4" />
      </Button>
      <Button look="quiet" size="icon" aria-label="Next match" onClick={() => terminal.search(query, "next")}>
        <ChevronDown aria-hidden className="size-4" />
      </Button>
      <Button look="quiet" size="icon" aria-label="Close the search" onClick={onClose}>
        <X aria-hidden className="size-4" />
      </Button>
    </search>
  );
}

function matchWords(query: string, result: SearchResult | null): string {
  if (query === "" || result === null) return "";
  if (result.count === 0) return "No match";
  return result.index < 0 ? `${result.count} matches` : `${result.index + 1} of ${result.count}`;
}
