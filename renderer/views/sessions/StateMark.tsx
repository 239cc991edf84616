import { cn } from "../../components/cn.ts";
import type { StateShape, StateWords } from "./sessionState.ts";

const toneClass: Readonly<Record<StateWords["tone"], string>> = {
  ok: "text-ok",
  accent: "text-accent",
  warn: "text-warn",
  danger: "text-danger",
  dim: "text-dim",
};

/** The mark of a state: a shape in its tone. It is decoration: the words stand beside it or in its place. */
export function StateMark({ state, className }: { readonly state: StateWords; readonly className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 12 12"
      className={cn("size-2.5 shrink-0", toneClass[state.tone], className)}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      {drawShape(state.shape)}
    </svg>
  );
}

function drawShape(shape: StateShape) {
  switch (shape) {
    case "dot":
      return <circle cx="6" cy="6" r="5" fill="currentColor" stroke="none" />;
    case "ring":
      return <circle cx="6" cy="6" r="4.4" />;
    case "dashedRing":
      return <circle cx="6" cy="6" r="4.6" strokeDasharray="2.4 2.4" />;
    case "triangle":
      return <path d="M6 0.8 11.6 11H0.4Z" fill="currentColor" stroke="none" />;
    case "diamond":
      return <path d="M6 0 12 6 6 12 0 6Z" fill="currentColor" stroke="none" />;
    case "cross":
      return <path d="M1.5 1.5 10.5 10.5M10.5 1.5 1.5 10.5" strokeWidth="2.4" />;
    case "square":
      return <path d="M2 2h8v8H2Z" />;
    case "question":
      return <path d="M3.4 4.2a2.6 2.6 0 1 1 3.9 2.2c-.9.5-1.3 1-1.3 1.9M6 10.4v1" />;
  }
}
