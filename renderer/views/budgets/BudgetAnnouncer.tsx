import { useEffect, useEffectEvent, useRef } from "react";
import { useNow } from "../../components/useNow.ts";
import type { BudgetNotice } from "../../stores/budgetNotices.ts";
import { useSeenNotices } from "../useStores.ts";
import { noticeWords } from "./budgetSentences.ts";
import { useTitleOf } from "./useTitleOf.ts";

/** Tells screen readers of each notice once: not again when its amount changes, nor when the page is loaded again. */
export function BudgetAnnouncer({ notices }: { readonly notices: readonly BudgetNotice[] }) {
  const region = useRef<HTMLParagraphElement>(null);
  const keys = useSeenNotices((state) => state.keys);
  const see = useSeenNotices((state) => state.see);
  const titleOf = useTitleOf();
  const now = useNow();
  const fresh = notices.filter(({ key }) => !keys.has(toldKey(key)));
  const freshKeys = fresh.map(({ key }) => toldKey(key)).join("\n");
  const tell = useEffectEvent(() => {
    const words = fresh.map((notice) => noticeWords(notice, titleOf, now));
    if (region.current !== null)
      region.current.textContent = words.map(({ title, text }) => `${title} ${text}`).join(" ");
    see(freshKeys.split("\n"));
  });
  useEffect(() => {
    if (freshKeys !== "") tell();
  }, [freshKeys]);
  const isQuiet = notices.length === 0;
  useEffect(() => {
    // Whoever reads the page line by line must not find what holds no longer.
    if (isQuiet && region.current !== null) region.current.textContent = "";
  }, [isQuiet]);
  return <p ref={region} role="status" aria-live="polite" className="sr-only" />;
}

function toldKey(key: string): string {
  return `told ${key}`;
}
