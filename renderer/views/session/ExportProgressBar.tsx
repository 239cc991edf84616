import { Button } from "../../components/Button.tsx";
import { megabytes } from "./exportFormats.ts";
import { useExports } from "../useStores.ts";

/** How far the export of this session is, and the way to stop it. */
export function ExportProgressBar({ sessionId }: { readonly sessionId: string }) {
  const progress = useExports((state) => state.bySession[sessionId]);
  const cancel = useExports((state) => state.cancel);
  if (progress === undefined) return null;
  const { bytesDone, bytesTotal } = progress;
  const known = bytesTotal !== null && bytesTotal > 0;
  return (
    <div role="status" className="flex items-center gap-2 border-b border-line bg-accent-soft px-3 py-1 text-xs">
      <span className="shrink-0">Writing the session out…</span>
      <progress
        aria-label="Progress of the export"
        className="h-1.5 min-w-10 grow appearance-none overflow-hidden rounded-full border border-line-strong/60 bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
        {...(known ? { value: bytesDone, max: bytesTotal } : {})}
      />
      <span className="shrink-0">{known ? `${megabytes(bytesDone)} of ${megabytes(bytesTotal)} MB` : ""}</span>
      <Button size="small" onClick={() => cancel(sessionId)}>
        Cancel
      </Button>
    </div>
  );
}
