import { X } from "lucide-react";
import { useMemo } from "react";
import { Button } from "../../components/Button.tsx";
import { useNow } from "../../components/useNow.ts";
import { type BudgetNotice, budgetNotices } from "../../stores/budgetNotices.ts";
import type { SessionsState } from "../../stores/sessionsStore.ts";
import { useBudgets, useSeenNotices, useSessions, useStores, useUi } from "../useStores.ts";
import { BudgetAnnouncer } from "./BudgetAnnouncer.tsx";
import { noticeWords } from "./budgetSentences.ts";
import { showBudgets } from "./showBudgets.ts";
import { useTitleOf } from "./useTitleOf.ts";

/** Budgets that are named one by one; the page under them needs its place. */
const MAX_ACTING = 2;

/** Says which budgets hold work, and which threshold was passed last until the person has seen it. */
export function BudgetNotices() {
  const notices = useNotices();
  const seen = useSeenNotices((state) => state.keys);
  const acting = notices.filter(({ kind }) => kind === "acting");
  const crossed = notices.filter(({ kind, key }) => kind === "crossed" && !seen.has(key));
  return (
    <>
      <BudgetAnnouncer notices={[...acting, ...crossed]} />
      {acting.slice(0, MAX_ACTING).map((notice) => (
        <Acting key={notice.key} notice={notice} />
      ))}
      {acting.length > MAX_ACTING && <FurtherActing count={acting.length - MAX_ACTING} />}
      {crossed.length > 0 && <Crossed notices={crossed} />}
    </>
  );
}

function useNotices(): readonly BudgetNotice[] {
  const statuses = useBudgets((state) => state.statuses);
  const now = useNow();
  const sessionIds = useMemo(
    () => [...new Set(statuses?.flatMap(({ uses }) => uses.flatMap(({ sessionId }) => sessionId ?? [])))],
    [statuses],
  );
  // One text, so that the view is drawn again only when one of these sessions begins or ends to run.
  const running = useSessions((state) => sessionIds.filter((id) => isRunning(state, id)).join("\n"));
  return useMemo(() => {
    const ids = new Set(running.split("\n"));
    return budgetNotices({ statuses: statuses ?? [], now, isRunning: (id) => ids.has(id) });
  }, [statuses, now, running]);
}

function isRunning({ byId }: SessionsState, sessionId: string): boolean {
  const session = byId[sessionId];
  return session?.live === true && session.owner === "owned";
}

const bannerClass = "flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1.5";

function Acting({ notice }: { readonly notice: BudgetNotice }) {
  const { status, use } = notice;
  const { budgetId } = status.budget;
  const openDialog = useUi((state) => state.openDialog);
  const words = noticeWords(notice, useTitleOf(), useNow());
  return (
    <section aria-label="Budget used up" className={`${bannerClass} bg-danger-soft`}>
      <strong className="wrap-anywhere">{words.title}</strong>
      <span className="min-w-40 grow basis-0">{words.text}</span>
      <Button size="small" onClick={() => openDialog({ kind: "overrideBudget", budgetId, sessionId: use.sessionId })}>
        Let work go on…
      </Button>
      <SeeBudgets />
    </section>
  );
}

function FurtherActing({ count }: { readonly count: number }) {
  return (
    <section aria-label="More budgets used up" className={`${bannerClass} bg-danger-soft`}>
      <span className="grow">{count === 1 ? "One more limit holds work." : `${count} more limits hold work.`}</span>
      <SeeBudgets />
    </section>
  );
}

function Crossed({ notices }: { readonly notices: readonly BudgetNotice[] }) {
  const { seenNotices } = useStores();
  const titleOf = useTitleOf();
  const now = useNow();
  const [newest, ...others] = notices;
  if (newest === undefined) return null;
  const words = noticeWords(newest, titleOf, now);
  const more = others.length === 0 ? "" : ` And ${others.length} more.`;
  return (
    <section aria-label="Budget threshold passed" className={`${bannerClass} bg-warn-soft`}>
      <strong className="wrap-anywhere">{words.title}</strong>
      <span className="min-w-40 grow basis-0">
        {words.text}
        {more}
      </span>
      <SeeBudgets />
      <Button
        look="quiet"
        size="icon"
        className="text-ink"
        aria-label="I have seen this"
        onClick={() => seenNotices.getState().see(notices.map(({ key }) => key))}
      >
        <X aria-hidden className="size-3.5" />
      </Button>
    </section>
  );
}

function SeeBudgets() {
  const stores = useStores();
  return (
    <Button size="small" onClick={() => showBudgets(stores)}>
      See budgets
    </Button>
  );
}
