import { Button } from "../../components/Button.tsx";
import type { ListPagingView } from "./useListPaging.ts";

/** What stands below the list while further sessions come from the host, or when they did not come. */
export function ListFoot({ paging }: { readonly paging: ListPagingView }) {
  if (paging.phase === "loading") return <p className="px-2 py-1.5 text-xs text-dim">Asking the host for more…</p>;
  if (paging.phase !== "failed") return null;
  return (
    <div role="alert" className="mx-1 mb-2 rounded-md bg-warn-soft p-2 text-xs">
      <p className="mb-1.5">Further sessions did not load: {paging.problem}</p>
      <Button size="small" onClick={paging.retry}>
        Try again
      </Button>
    </div>
  );
}
