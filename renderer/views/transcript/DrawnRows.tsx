import type { Virtualizer } from "@tanstack/react-virtual";
import { cn } from "../../components/cn.ts";
import { TranscriptRowView } from "./rows/TranscriptRowView.tsx";
import type { TranscriptRow } from "./transcriptRow.ts";

/** The rows that are in sight or nearly so, each at its place in the height of all. */
export function DrawnRows(props: {
  readonly rows: readonly TranscriptRow[];
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly openKeys: ReadonlySet<string>;
  readonly selectedKeys: ReadonlySet<string>;
  /** The row that a search or a jump led to. */
  readonly placeKey: string | null;
  readonly isTabStop: (index: number) => boolean;
  readonly onToggle: (key: string) => void;
}) {
  const { rows, virtualizer, openKeys, selectedKeys, placeKey, isTabStop, onToggle } = props;
  return (
    <div role="feed" aria-label="Conversation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => {
        const row = rows[item.index];
        if (row === undefined) return null;
        const isPlace = row.key === placeKey;
        return (
          <article
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            aria-posinset={item.index + 1}
            aria-setsize={rows.length}
            aria-current={isPlace ? "location" : undefined}
            tabIndex={isTabStop(item.index) ? 0 : -1}
            className={cn(
              "group/article absolute top-0 left-0 w-full rounded outline-offset-[-2px]",
              isPlace && "bg-warn-soft/60 shadow-[inset_3px_0_0_var(--warn)]",
              selectedKeys.has(row.key) && "bg-accent-soft",
            )}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <TranscriptRowView row={row} isOpen={openKeys.has(row.key)} onToggle={onToggle} />
          </article>
        );
      })}
    </div>
  );
}
