import { Archive, Download, Sparkles, Upload } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import type { LedgerState } from "../../../shared/model/ledger.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { Button } from "../../components/Button.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { formatBytes, formatCount } from "../../components/formats.ts";
import { filterParams, isNarrowed } from "../../stores/costFilters.ts";
import { createBlobSink } from "../session/blobSink.ts";
import { useCosts, useLedger, useStores } from "../useStores.ts";
import { formatMoment } from "./costFormats.ts";
import { LedgerOutcomeView, LedgerProgress } from "./LedgerProgress.tsx";
import { PricesView } from "./PricesView.tsx";

/** What is kept, how it gets out and in again, and the prices by which it is charged. */
export function LedgerView() {
  const { ledger, prices } = useCosts((state) => state.answers);
  if (ledger === null || prices === null) return <EmptyState title="Looking…" />;
  return (
    <div className="grid gap-3 lg:grid-cols-2 [&>*]:min-w-0">
      <div className="flex flex-col gap-3">
        <Section title="The ledger">
          <Kept ledger={ledger} />
        </Section>
        <Section title="Export and import">
          <OutAndIn />
        </Section>
      </div>
      <Section title="Prices">
        <PricesView prices={prices} />
      </Section>
    </div>
  );
}

function Section(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={props.title} className="flex flex-col gap-2 rounded-lg border border-line bg-panel p-3">
      <h3 className="font-semibold">{props.title}</h3>
      {props.children}
    </section>
  );
}

function Kept({ ledger }: { readonly ledger: LedgerState }) {
  const { entries, unpricedEntries, since, path, sizeBytes, backups, problem } = ledger;
  const { backUp, vacuum, task } = useLedger((state) => state);
  const each = entries === 0 ? "" : `, ${formatCount(Math.round(sizeBytes / entries))} bytes a message`;
  return (
    <>
      {problem !== null && <p className="rounded bg-danger-soft px-2 py-1">Nothing new is written: {problem}</p>}
      <p>
        {formatCount(entries)} messages of the API{since !== null && ` since ${formatMoment(since)}`}
        {unpricedEntries > 0 && `, ${formatCount(unpricedEntries)} of them without a price`}. They stay when Claude Code
        deletes its transcripts.
      </p>
      <p className="text-xs text-dim">
        {formatBytes(sizeBytes)}
        {each} in <span className="font-mono wrap-anywhere">{visibleText(path)}</span>
      </p>
      <div className="flex flex-wrap gap-1.5">
        <Button size="small" disabled={task !== null} onClick={() => void backUp()}>
          <Archive aria-hidden className="size-3.5" />
          {task?.kind === "backup" ? "Backing up…" : "Back up now"}
        </Button>
        <Button
          size="small"
          disabled={task !== null}
          title="Writes the file anew without the gaps that changes left in it"
          onClick={() => void vacuum()}
        >
          <Sparkles aria-hidden className="size-3.5" />
          {task?.kind === "vacuum" ? "Tidying…" : "Tidy the file"}
        </Button>
      </div>
      {backups.length === 0 ? (
        <p className="text-xs text-dim">There is no backup yet.</p>
      ) : (
        <ul aria-label="Backups, the newest first" className="flex flex-col gap-0.5 text-xs">
          {backups.map((backup) => (
            <li key={backup.path} className="flex flex-wrap gap-x-2">
              <span>{formatMoment(backup.at)}</span>
              <span>{formatBytes(backup.sizeBytes)}</span>
              <span className="font-mono wrap-anywhere text-dim">{visibleText(backup.path)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function OutAndIn() {
  const { write, readBack, task } = useLedger((state) => state);
  const { costs } = useStores();
  const filters = useCosts((state) => state.filters);
  const [isAll, setAll] = useState(true);
  const file = useRef<HTMLInputElement>(null);
  const exportAs = (format: "csv" | "json"): void => {
    const timeZone = costs.getState().answers.summary?.timeZone ?? "UTC";
    const narrowed = isAll ? {} : filterParams(filters, { now: Date.now(), timeZone });
    void write({ format, ...narrowed }, createBlobSink());
  };
  return (
    <>
      <p className="text-xs text-dim">
        One line a message: its tokens, its cost, and the price that was used; and one for each total that Claude Code
        told of a session, with what it holds beyond messages. An export that is read back adds what is missing here,
        and doubles nothing; costs are counted anew from the tokens.
      </p>
      <label className="flex items-center gap-1.5 self-start text-xs">
        <input type="checkbox" checked={!isAll} onChange={({ target }) => setAll(!target.checked)} />
        Export only what the page shows: its days{isNarrowed(filters) && " and filters"}
      </label>
      <div className="flex flex-wrap gap-1.5">
        <Button size="small" disabled={task !== null} onClick={() => exportAs("csv")}>
          <Download aria-hidden className="size-3.5" /> Export as CSV
        </Button>
        <Button size="small" disabled={task !== null} onClick={() => exportAs("json")}>
          <Download aria-hidden className="size-3.5" /> Export as JSON
        </Button>
        <Button size="small" disabled={task !== null} onClick={() => file.current?.click()}>
          <Upload aria-hidden className="size-3.5" /> Import a file…
        </Button>
        <input
          ref={file}
          type="file"
          accept=".csv,.json"
          aria-label="File to import"
          className="hidden"
          onChange={({ target }) => {
            const chosen = target.files?.[0];
            // The same file can be chosen again.
            if (chosen !== undefined) void readBack(() => chosen.text()).then(() => (target.value = ""));
          }}
        />
      </div>
      <LedgerProgress />
      <LedgerOutcomeView />
    </>
  );
}
