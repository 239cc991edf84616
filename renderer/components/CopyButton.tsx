import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./Button.tsx";

/** Copies a text and says so. Where the clipboard is refused it says that instead. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [outcome, setOutcome] = useState<"none" | "copied" | "refused">("none");
  const words = { none: label, copied: "Copied", refused: "Copying is not allowed here" }[outcome];
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
  };
  return (
    <Button size="small" onClick={() => void copy()} onBlur={() => setOutcome("none")}>
      {outcome === "copied" ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}
      <span aria-live="polite">{words}</span>
    </Button>
  );
}
