import { Button } from "../../components/Button.tsx";
import { useConnection, useSearch } from "../useStores.ts";
import { buildingWords } from "./searchWords.ts";

/** That not everything can be found yet, why, and the way to look again. */
export function SearchNote() {
  const search = useConnection((state) => state.host?.search ?? null);
  const partial = useSearch((state) => state.partial);
  const run = useSearch((state) => state.run);
  const building = search === null ? null : buildingWords(search);
  const problem = search?.problem ?? null;
  const hasGrown = building === null && partial;
  if (building === null && problem === null && !partial) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-warn-soft px-3 py-1 text-xs"
    >
      <span className="min-w-0">
        {building ?? (hasGrown ? "When this was searched, not all sessions had been read." : "")} {problem}
      </span>
      {partial && (
        <Button size="small" onClick={() => void run(true)}>
          Search again
        </Button>
      )}
    </div>
  );
}
