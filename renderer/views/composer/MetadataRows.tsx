import { Plus, X } from "lucide-react";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { lineControlClass } from "../../components/controls.ts";
import type { MetadataRow } from "../../stores/draft.ts";

/** Rows that one payload may have: the host takes 16 KiB of metadata, a person types a few lines. */
const MAX_ROWS = 20;

/** Named values that stand above the text in the payload's frame. */
export function MetadataRows(props: {
  readonly rows: readonly MetadataRow[];
  readonly disabled: boolean;
  readonly onRows: (rows: readonly MetadataRow[]) => void;
}) {
  const { rows, disabled, onRows } = props;
  const change = (index: number, row: MetadataRow): void => onRows(rows.with(index, row));
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-1">
      <legend className="sr-only">Metadata</legend>
      {rows.map((row, index) => (
        <div key={row.id} className="flex gap-1">
          <input
            aria-label={`Name of metadata ${index + 1}`}
            placeholder="Name"
            value={row.key}
            onChange={(event) => change(index, { ...row, key: event.target.value })}
            className={cn(lineControlClass, "w-36 shrink-0")}
          />
          <input
            aria-label={`Value of metadata ${index + 1}`}
            placeholder="Value"
            value={row.value}
            onChange={(event) => change(index, { ...row, value: event.target.value })}
            className={lineControlClass}
          />
          <Button
            look="quiet"
            size="icon"
            aria-label={`Remove metadata ${index + 1}`}
            onClick={() => onRows(rows.toSpliced(index, 1))}
          >
            <X aria-hidden className="size-3.5" />
          </Button>
        </div>
      ))}
      {rows.length < MAX_ROWS && (
        <div>
          <Button
            look="quiet"
            size="small"
            onClick={() => onRows([...rows, { id: crypto.randomUUID(), key: "", value: "" }])}
          >
            <Plus aria-hidden className="size-3" />
            Metadata
          </Button>
        </div>
      )}
    </fieldset>
  );
}
