import { AppDialogs } from "./AppDialogs.tsx";
import { BudgetNotices } from "./budgets/BudgetNotices.tsx";
import { ClaudeProblemBanner } from "./ClaudeProblemBanner.tsx";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { HostNotices } from "./HostNotices.tsx";
import { NarrowLayout } from "./NarrowLayout.tsx";
import { Notices } from "./Notices.tsx";
import { useAppKeys } from "./useAppKeys.ts";
import { useDocumentTitle } from "./useDocumentTitle.ts";
import { useMediaQuery } from "./useMediaQuery.ts";
import { WideLayout } from "./WideLayout.tsx";

/** Three columns fit from here on. */
const WIDE_QUERY = "(min-width: 900px)";

/** The whole window. */
export function App() {
  const isWide = useMediaQuery(WIDE_QUERY);
  useAppKeys();
  useDocumentTitle();
  return (
    <div className="flex h-full flex-col">
      <ConnectionBanner />
      <ClaudeProblemBanner />
      <HostNotices />
      <BudgetNotices />
      <div className="min-h-0 grow">{isWide ? <WideLayout /> : <NarrowLayout />}</div>
      <AppDialogs />
      <Notices />
    </div>
  );
}
