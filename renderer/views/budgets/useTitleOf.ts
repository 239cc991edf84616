import { useMemo } from "react";
import { useBudgets, useSessions, useStores } from "../useStores.ts";
import type { TitleOf } from "./budgetSentences.ts";

/**
 * Finds titles of sessions as they are when a view is drawn: budgets are drawn often enough to follow a new title.
 * Of sessions that this window has not loaded, the host told them with the budgets.
 */
export function useTitleOf(): TitleOf {
  const { sessions } = useStores();
  const loaded = useSessions((state) => state.loaded);
  const titles = useBudgets((state) => state.titles);
  return useMemo(
    () => (sessionId) =>
      (loaded ? sessions.getState().byId[sessionId]?.title : undefined) ?? titles.get(sessionId) ?? null,
    [sessions, loaded, titles],
  );
}
