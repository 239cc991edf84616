import type { Payload } from "../../../shared/model/payload.ts";
import { cn } from "../../components/cn.ts";
import { formatExact } from "../../components/formats.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { type ReceiptStep, receiptSteps } from "./receiptSteps.ts";

/** How far a payload got, as chips in the order of its way; the one it stands on is filled. */
export function ReceiptTrack({ payload }: { readonly payload: Payload }) {
  const reason = payload.receipts.at(-1)?.reason;
  const words = reason === undefined ? null : visibleText(reason);
  const hasFailed = payload.receipt === "failed";
  return (
    <div className="flex flex-wrap items-center gap-x-1">
      <ol className="flex flex-wrap items-center gap-0.5" aria-label="Receipt">
        {receiptSteps(payload).map((step) => (
          <li
            key={step.state}
            aria-current={step.isCurrent ? "step" : undefined}
            title={titleOf(step)}
            className={cn(
              "rounded px-1.5 text-[11px] leading-4.5 transition-colors duration-300",
              step.receipt === null ? "text-dim" : "bg-sunken text-ink",
              step.isCurrent && currentClass(step.state),
            )}
          >
            <span className="sr-only">{step.receipt === null ? "still ahead: " : ""}</span>
            {step.state}
          </li>
        ))}
        {words !== null && !hasFailed && <li className="pl-1 text-[11px] text-dim">{words}</li>}
      </ol>
      {words !== null && hasFailed && (
        <details className="text-[11px] text-dim">
          <summary>why</summary>
          {words}
        </details>
      )}
    </div>
  );
}

function titleOf({ receipt }: ReceiptStep): string {
  if (receipt === null) return "Still ahead";
  const reason = receipt.reason === undefined ? "" : `: ${visibleText(receipt.reason)}`;
  return `${formatExact(receipt.at)}${reason}`;
}

function currentClass(state: ReceiptStep["state"]): string {
  if (state === "failed") return "bg-danger-soft font-semibold text-danger";
  if (state === "cancelled") return "bg-warn-soft font-semibold text-warn";
  if (state === "answered") return "bg-ok-soft font-semibold text-ok";
  return "bg-accent-soft font-semibold text-accent";
}
