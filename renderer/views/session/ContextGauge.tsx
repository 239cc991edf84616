import type { ContextFill } from "../../../shared/model/session.ts";
import { cn } from "../../components/cn.ts";
import { formatTokens } from "../../components/formats.ts";

/** From here on the CLI is about to summarise the conversation, so it is worth a look. */
const NEARLY_FULL = 0.8;

/** How full the model's context is, as a bar and in numbers. */
export function ContextGauge({ context }: { readonly context: ContextFill }) {
  const { usedTokens, windowTokens } = context;
  if (windowTokens === null) return <span>Context {formatTokens(usedTokens)}</span>;
  const fill = Math.min(usedTokens / windowTokens, 1);
  const percent = Math.round(fill * 100);
  const exact = `${usedTokens.toLocaleString("en")} of ${windowTokens.toLocaleString("en")} tokens`;
  return (
    <span className="inline-flex items-center gap-1.5" title={exact}>
      Context
      <span
        role="meter"
        aria-label="Context used"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={`${percent} %, ${exact}`}
        className="inline-block h-1.5 w-16 overflow-hidden rounded-full border border-line-strong/60 bg-sunken"
      >
        <span
          className={cn("block h-full", fill >= NEARLY_FULL ? "bg-warn" : "bg-accent")}
          style={{ width: `${percent}%` }}
        />
      </span>
      <span className={cn(fill >= NEARLY_FULL && "font-semibold text-warn")}>{percent} %</span>
    </span>
  );
}
