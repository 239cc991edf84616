import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { AppStores } from "../stores/appStores.ts";
import type { BudgetRecordState } from "../stores/budgetRecordStore.ts";
import type { BudgetsState } from "../stores/budgetsStore.ts";
import type { ComposerState } from "../stores/composerStore.ts";
import type { ConnectionStoreState } from "../stores/connectionStore.ts";
import type { CostEntriesState } from "../stores/costEntriesStore.ts";
import type { CostDetail } from "../stores/costDetail.ts";
import type { CostSessionState } from "../stores/costSessionStore.ts";
import type { CostsState } from "../stores/costsStore.ts";
import type { ExportState } from "../stores/exportStore.ts";
import type { IndexStoreState } from "../stores/indexStore.ts";
import type { JumpState } from "../stores/jumpStore.ts";
import type { LedgerStoreState } from "../stores/ledgerStore.ts";
import type { PayloadsState } from "../stores/payloadsStore.ts";
import type { PermissionsState } from "../stores/permissionsStore.ts";
import type { ProcessesState } from "../stores/processesStore.ts";
import type { ProjectsState } from "../stores/projectsStore.ts";
import type { RelativesState } from "../stores/relativesStore.ts";
import type { SearchStoreState } from "../stores/searchStore.ts";
import type { SeenNoticesState } from "../stores/seenNotices.ts";
import type { SessionActionsState } from "../stores/sessionActions.ts";
import type { SessionFeedState } from "../stores/sessionFeedStore.ts";
import type { SessionPagesState } from "../stores/sessionPages.ts";
import type { SessionsState } from "../stores/sessionsStore.ts";
import type { SettingsState } from "../stores/settingsStore.ts";
import type { StartOptionsState } from "../stores/startOptionsStore.ts";
import type { SubagentState } from "../stores/subagentStore.ts";
import type { TranscriptWindowState } from "../stores/transcriptWindowStore.ts";
import type { UiState } from "../stores/uiStore.ts";

/** Gives the stores of the window to every view: `<StoresContext value={stores}>`. */
export const StoresContext = createContext<AppStores | null>(null);

/** The stores themselves, for callbacks and for `feed.getState().watch`. */
export function useStores(): AppStores {
  const stores = useContext(StoresContext);
  if (stores === null) throw new Error("A view was drawn outside of StoresContext.");
  return stores;
}

/*
 * Each hook draws the view again when the selected part changes. A selector must return a part of the state or a
 * primitive; what it builds anew each time goes through `useShallow` or `useMemo`.
 */

export function useConnection<Part>(select: (state: ConnectionStoreState) => Part): Part {
  return useStore(useStores().connection, select);
}

export function useSessions<Part>(select: (state: SessionsState) => Part): Part {
  return useStore(useStores().sessions, select);
}

export function useIndex<Part>(select: (state: IndexStoreState) => Part): Part {
  return useStore(useStores().index, select);
}

export function useSessionPages<Part>(select: (state: SessionPagesState) => Part): Part {
  return useStore(useStores().sessionPages, select);
}

export function useProjects<Part>(select: (state: ProjectsState) => Part): Part {
  return useStore(useStores().projects, select);
}

export function useProcesses<Part>(select: (state: ProcessesState) => Part): Part {
  return useStore(useStores().processes, select);
}

export function useSettings<Part>(select: (state: SettingsState) => Part): Part {
  return useStore(useStores().settings, select);
}

export function usePermissions<Part>(select: (state: PermissionsState) => Part): Part {
  return useStore(useStores().permissions, select);
}

export function useRelatives<Part>(select: (state: RelativesState) => Part): Part {
  return useStore(useStores().relatives, select);
}

export function useFeed<Part>(select: (state: SessionFeedState) => Part): Part {
  return useStore(useStores().feed, select);
}

export function usePayloads<Part>(select: (state: PayloadsState) => Part): Part {
  return useStore(useStores().payloads, select);
}

export function useComposer<Part>(select: (state: ComposerState) => Part): Part {
  return useStore(useStores().composer, select);
}

export function useActions<Part>(select: (state: SessionActionsState) => Part): Part {
  return useStore(useStores().actions, select);
}

export function useStartOptions<Part>(select: (state: StartOptionsState) => Part): Part {
  return useStore(useStores().startOptions, select);
}

export function useTranscriptWindow<Part>(select: (state: TranscriptWindowState) => Part): Part {
  return useStore(useStores().transcriptWindow, select);
}

export function useSubagents<Part>(select: (state: SubagentState) => Part): Part {
  return useStore(useStores().subagents, select);
}

export function useJumps<Part>(select: (state: JumpState) => Part): Part {
  return useStore(useStores().jumps, select);
}

export function useExports<Part>(select: (state: ExportState) => Part): Part {
  return useStore(useStores().exports, select);
}

export function useSearch<Part>(select: (state: SearchStoreState) => Part): Part {
  return useStore(useStores().search, select);
}

export function useCosts<Part>(select: (state: CostsState) => Part): Part {
  return useStore(useStores().costs, select);
}

export function useCostSession<Part>(detail: CostDetail, select: (state: CostSessionState) => Part): Part {
  return useStore(detail.session, select);
}

export function useCostEntries<Part>(detail: CostDetail, select: (state: CostEntriesState) => Part): Part {
  return useStore(detail.entries, select);
}

export function useBudgets<Part>(select: (state: BudgetsState) => Part): Part {
  return useStore(useStores().budgets, select);
}

export function useBudgetRecord<Part>(select: (state: BudgetRecordState) => Part): Part {
  return useStore(useStores().budgetRecord, select);
}

export function useSeenNotices<Part>(select: (state: SeenNoticesState) => Part): Part {
  return useStore(useStores().seenNotices, select);
}

export function useLedger<Part>(select: (state: LedgerStoreState) => Part): Part {
  return useStore(useStores().ledger, select);
}

export function useUi<Part>(select: (state: UiState) => Part): Part {
  return useStore(useStores().ui, select);
}
