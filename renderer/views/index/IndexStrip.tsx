import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { useConnection, useIndex } from "../useStores.ts";
import { type IndexWords, indexWords } from "./indexWords.ts";

/** How far reading the transcripts is, or why it is not done; nothing while all is read. */
export function IndexStrip() {
  const host = useConnection((state) => state.host);
  const [seenProblem, setSeenProblem] = useState<string | null>(null);
  const words = host === null ? null : indexWords(host);
  const isSeen = words !== null && isToBeSeen(words) && words.detail === seenProblem;
  return (
    <>
      {/* Told once when it begins or ends; the moving numbers are read on demand. */}
      <p role="status" className="sr-only">
        {words === null || isSeen ? "" : words.title}
      </p>
      {words !== null && !isSeen && <Strip words={words} onSeen={() => setSeenProblem(words.detail)} />}
    </>
  );
}

/** What lasts, and need not be told again to whoever has read it. */
function isToBeSeen({ kind }: IndexWords): boolean {
  return kind === "problem" || kind === "unread";
}

function Strip({ words, onSeen }: { readonly words: IndexWords; readonly onSeen: () => void }) {
  const tone = words.kind === "reading" ? "bg-panel" : "bg-warn-soft";
  return (
    <section aria-label="Reading of transcripts" className={cn("relative border-b border-line text-xs", tone)}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1">
        <span className="font-medium">{words.title}</span>
        <span className={words.kind === "reading" ? "text-dim" : undefined}>{words.detail}</span>
        <span className="grow" />
        <StripAction action={words.action} />
        {isToBeSeen(words) && (
          <Button look="quiet" size="small" aria-label="I have read this" onClick={onSeen}>
            <X aria-hidden className="size-3.5" />
          </Button>
        )}
      </div>
      {words.kind === "reading" && <Bar label={words.title} detail={words.detail} share={words.share} />}
    </section>
  );
}

function StripAction({ action }: { readonly action: IndexWords["action"] }) {
  const busy = useIndex((state) => state.busy);
  const scan = useIndex((state) => state.scan);
  const cancel = useIndex((state) => state.cancel);
  switch (action) {
    case null:
      return null;
    case "cancel":
      return (
        <Button size="small" disabled={busy !== null} onClick={() => void cancel()}>
          {busy === "cancel" ? "Stopping…" : "Cancel"}
        </Button>
      );
    default:
      return (
        <Button size="small" disabled={busy !== null} onClick={() => void scan()}>
          {busy === "scan" ? "Asking…" : action === "goOn" ? "Go on" : "Look again"}
        </Button>
      );
  }
}

function Bar(props: { readonly label: string; readonly detail: string; readonly share: number | null }) {
  const { label, detail, share } = props;
  const percent = share === null ? {} : { "aria-valuenow": Math.round(share * 100) };
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={detail}
      {...percent}
      className="absolute inset-x-0 bottom-0 h-0.5 translate-y-px bg-line"
    >
      <div
        className="h-full origin-left bg-accent transition-transform duration-700 ease-linear"
        style={{ transform: `scaleX(${share ?? 0})` }}
      />
    </div>
  );
}
