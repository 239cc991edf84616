import type { Paging } from "./usePaging.ts";

const words = {
  older: {
    none: "The session begins here.",
    available: "Scroll up for older events.",
    loading: "Loading older events…",
  },
  newer: {
    none: "This was the end when these events were loaded.",
    available: "Scroll down for newer events.",
    loading: "Loading newer events…",
  },
} as const;

/** What stands before the first row, or after the last one. */
export function TranscriptEdge(props: { readonly side: "older" | "newer"; readonly state: Paging["older"] }) {
  return (
    <p role="status" className="py-1 text-center text-xs text-dim">
      {words[props.side][props.state]}
    </p>
  );
}
