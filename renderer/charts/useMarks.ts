import { type FocusEvent, type KeyboardEvent, type PointerEvent, useState } from "react";
import { type MarkSteps, nextMark } from "./nextMark.ts";

/** The marks of a chart as one stop of the Tab key, in which the arrow keys move. */
export interface Marks {
  /** The mark under the pointer, else the one that has the keyboard; null where neither is. */
  readonly active: number | null;
  /** The mark that Tab leads to. */
  readonly tabStop: number;
  /** For the element around all marks; each mark carries its place as `data-mark`. */
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: () => void;
    readonly onPointerOver: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
  };
}

/** Follows pointer and keyboard over `count` marks; Enter and Space call `onChoose`, the last mark is the first stop. */
export function useMarks(count: number, steps: MarkSteps, onChoose: ((mark: number) => void) | null): Marks {
  const [pointed, setPointed] = useState<number | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const [stop, setStop] = useState<number | null>(null);
  const tabStop = Math.min(stop ?? count - 1, count - 1);
  const active = pointed ?? focused;

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = markOf(event.target);
    if (at === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && onChoose !== null) {
      event.preventDefault();
      onChoose(at);
      return;
    }
    if (event.key === "Escape") return setFocused(null);
    const target = nextMark(event.key, at, count, steps);
    if (target === null) return;
    event.preventDefault();
    event.currentTarget.querySelector<SVGElement>(`[data-mark="${target}"]`)?.focus();
  };

  return {
    active: active !== null && active < count ? active : null,
    tabStop,
    handlers: {
      onKeyDown,
      onFocus: ({ target }) => {
        const mark = markOf(target);
        setFocused(mark);
        if (mark !== null) setStop(mark);
      },
      onBlur: () => setFocused(null),
      onPointerOver: ({ target }) => setPointed(markOf(target)),
      onPointerLeave: () => setPointed(null),
    },
  };
}

function markOf(target: EventTarget): number | null {
  const text = target instanceof Element ? target.getAttribute("data-mark") : null;
  return text === null ? null : Number(text);
}
