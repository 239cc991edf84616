import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../../../components/cn.ts";

/** A line that opens and closes what is below it. */
export function Fold(props: {
  readonly title: ReactNode;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}) {
  const { title, isOpen, onToggle, children } = props;
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className="flex w-full min-w-0 items-center gap-1 rounded text-left"
      >
        <ChevronRight
          aria-hidden
          className={cn("size-3.5 shrink-0 text-dim transition-transform", isOpen && "rotate-90")}
        />
        {title}
      </button>
      {isOpen && <div className="mt-1 mb-1 pl-4.5">{children}</div>}
    </>
  );
}
