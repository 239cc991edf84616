import { Button } from "../components/Button.tsx";
import { cn } from "../components/cn.ts";
import { connectionWords } from "./connectionWords.ts";
import { useConnection } from "./useStores.ts";

/** Says when the host cannot be reached, why, and what to do. */
export function ConnectionBanner() {
  const connection = useConnection((state) => state.connection);
  const words = connectionWords(connection);
  return (
    <div role="status" aria-live="polite">
      {words !== null && (
        <div
          className={cn(
            "flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1.5",
            words.tone === "warn" ? "bg-warn-soft" : "bg-danger-soft",
          )}
        >
          <strong>{words.title}.</strong>
          <span className="grow">{words.text}</span>
          {words.offerReload && (
            <Button size="small" onClick={() => window.location.reload()}>
              Load again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
