import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button.tsx";
import type { StreamTerminal } from "../../terminal/streamTerminal.ts";

type Outcome = "none" | "copied" | "refused";

/** Copies the selection, or the whole scrollback where nothing is selected. */
export function CopyStream(props: { readonly terminal: StreamTerminal | null; readonly hasSelection: boolean }) {
  const { terminal, hasSelection } = props;
  const [outcome, setOutcome] = useState<Outcome>("none");
  const label = hasSelection ? "Copy selection" : "Copy all";
  const words = { none: label, copied: "Copied", refused: "Copying is not allowed here" }[outcome];
  const copy = async (): Promise<void> => {
    if (terminal === null) return;
    try {
      await navigator.clipboard.writeText(terminal.textToCopy());
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
  };
  return (
    <Button
      look="quiet"
      size="small"
      disabled={terminal === null}
      onClick={() => void copy()}
      onBlur={() => setOutcome("none")}
      onMouseLeave={() => setOutcome("none")}
    >
      <Copy aria-hidden className="size-3.5" />
      <span aria-live="polite">{words}</span>
    </Button>
  );
}
