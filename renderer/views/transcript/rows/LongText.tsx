import { useMemo, useState } from "react";
import { Button } from "../../../components/Button.tsx";
import { cn } from "../../../components/cn.ts";
import { abbreviate } from "../../../terminal/abbreviate.ts";
import { counted } from "../../../terminal/figures.ts";
import { withoutColour } from "../../../terminal/sanitise.ts";
import { visibleText } from "../../../../shared/text/visibleText.ts";

/** What is shown of a text before it is asked for: about a screen. */
const SHORT = { maxLines: 24, maxLineChars: 2000 } as const;
/** The most that is ever drawn at once; beyond it, copying the row gives the rest. */
const WHOLE = { maxLines: 5000, maxLineChars: 20_000 } as const;

/** Untrusted plain text; a long one is cut and can be shown whole. `mono`: output of a tool. */
export function LongText(props: {
  readonly text: string;
  readonly mono?: boolean;
  readonly className?: string | undefined;
}) {
  const { text, mono = false, className } = props;
  const [isWhole, setIsWhole] = useState(false);
  const clean = useMemo(() => visibleText(withoutColour(text)), [text]);
  const { lines, moreLines } = useMemo(() => abbreviate(clean, isWhole ? WHOLE : SHORT), [clean, isWhole]);
  return (
    <div className={className}>
      <div className={cn("wrap-anywhere whitespace-pre-wrap", mono && "font-mono text-xs leading-4.5")}>
        {lines.join("\n")}
      </div>
      {moreLines > 0 && !isWhole && (
        <Button look="quiet" size="small" className="-ml-2" onClick={() => setIsWhole(true)}>
          Show {counted(moreLines, "more line")}
        </Button>
      )}
      {moreLines > 0 && isWhole && (
        <p className="text-xs text-dim">… {counted(moreLines, "more line")}; copy the row to read them.</p>
      )}
    </div>
  );
}
