import { TriangleAlert, X } from "lucide-react";
import { useRef, useState } from "react";
import { visibleText } from "../../shared/text/visibleText.ts";
import { Button } from "../components/Button.tsx";
import { noticeParts } from "./noticeParts.ts";
import { useConnection } from "./useStores.ts";

/** What a person must be told about the host itself, until they have seen it. */
export function HostNotices() {
  const notices = useConnection((state) => state.host?.notices);
  const [seen, setSeen] = useState<readonly string[]>([]);
  const list = useRef<HTMLDivElement>(null);
  // What went away and comes back is to be seen again.
  if (notices !== undefined && seen.some((notice) => !notices.includes(notice)))
    setSeen(seen.filter((notice) => notices.includes(notice)));
  const unseen = notices?.filter((notice) => !seen.includes(notice)) ?? [];
  if (unseen.length === 0) return null;
  const see = (notice: string): void => {
    // The keyboard goes on to the notice after this one, or to the one before.
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    const place = unseen.indexOf(notice);
    (buttons[place + 1] ?? buttons[place - 1])?.focus({ preventScroll: true });
    setSeen([...seen, notice]);
  };
  return (
    // The page under them needs its place, however many and long they are.
    <div ref={list} className="max-h-[34vh] shrink-0 overflow-y-auto bg-warn-soft">
      {unseen.map((notice) => (
        <Notice key={notice} notice={visibleText(notice)} onSeen={() => see(notice)} />
      ))}
    </div>
  );
}

function Notice({ notice, onSeen }: { readonly notice: string; readonly onSeen: () => void }) {
  const { title, text } = noticeParts(notice);
  return (
    <div role="alert" className="flex items-start gap-2 border-b border-line py-1.5 pr-2 pl-3 last:border-b-0">
      <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />
      <p className="min-w-0 grow wrap-anywhere">
        <strong>{title}</strong>
        {text !== "" && ` ${text}`}
      </p>
      <Button
        look="quiet"
        size="icon"
        className="-my-1 text-ink"
        aria-label={`I have read this: ${title}`}
        onClick={onSeen}
      >
        <X aria-hidden className="size-3.5" />
      </Button>
    </div>
  );
}
