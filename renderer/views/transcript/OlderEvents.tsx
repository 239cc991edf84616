import { useFeed } from "../useStores.ts";

const words = {
  none: "The session begins here.",
  available: "Scroll up for older events.",
  loading: "Loading older events…",
  full: "Older events are not held in this window.",
} as const;

/** What stands before the first row. */
export function OlderEvents() {
  const older = useFeed((state) => state.older);
  return (
    <p role="status" className="py-1 text-center text-xs text-dim">
      {words[older]}
    </p>
  );
}
