import type { ConnectionState } from "../client/client.ts";
import { type BudgetRecordStore, createBudgetRecordStore } from "./budgetRecordStore.ts";
import { type BudgetsStore, createBudgetsStore } from "./budgetsStore.ts";
import { type After, pageTimers } from "./clock.ts";
import { type ComposerStore, createComposerStore } from "./composerStore.ts";
import { type ConnectionStore, createConnectionStore } from "./connectionStore.ts";
import { createCostDetail, type CostDetail } from "./costDetail.ts";
import { type CostsStore, createCostsStore } from "./costsStore.ts";
import { createExportStore, type ExportStore } from "./exportStore.ts";
import { createIndexStore, type IndexStore } from "./indexStore.ts";
import { createJumpStore, type JumpStore } from "./jumpStore.ts";
import { createLedgerStore, type LedgerStore } from "./ledgerStore.ts";
import { createPayloadsStore, type PayloadsStore } from "./payloadsStore.ts";
import { createPermissionsStore, type PermissionsStore } from "./permissionsStore.ts";
import { createProcessesStore, type ProcessesStore } from "./processesStore.ts";
import { createProjectsStore, type ProjectsStore } from "./projectsStore.ts";
import { createRelativesStore, type RelativesStore } from "./relativesStore.ts";
import type { Notify, Request } from "./request.ts";
import { createSearchStore, type SearchStore } from "./searchStore.ts";
import { createSeenNotices, type SeenNoticesStore } from "./seenNotices.ts";
import { createSessionActions, type SessionActionsStore } from "./sessionActions.ts";
import { createSessionFeedStore, type SessionFeedStore } from "./sessionFeedStore.ts";
import { createSessionPages, type SessionPagesStore } from "./sessionPages.ts";
import { createSessionsStore, type SessionsStore } from "./sessionsStore.ts";
import { createSettingsStore, type SettingsStore } from "./settingsStore.ts";
import { createStartOptionsStore, type StartOptionsStore } from "./startOptionsStore.ts";
import { createSubagentStore, type SubagentStore } from "./subagentStore.ts";
import { createTranscriptWindowStore, type TranscriptWindowStore } from "./transcriptWindowStore.ts";
import type { KeyStore } from "./uiPreferences.ts";
import { createUiStore, type UiStore } from "./uiStore.ts";

/** Every store of one window. */
export interface AppStores {
  readonly connection: ConnectionStore;
  readonly index: IndexStore;
  readonly sessions: SessionsStore;
  readonly sessionPages: SessionPagesStore;
  readonly projects: ProjectsStore;
  readonly processes: ProcessesStore;
  readonly settings: SettingsStore;
  readonly permissions: PermissionsStore;
  readonly feed: SessionFeedStore;
  readonly payloads: PayloadsStore;
  readonly composer: ComposerStore;
  readonly actions: SessionActionsStore;
  readonly startOptions: StartOptionsStore;
  readonly transcriptWindow: TranscriptWindowStore;
  readonly subagents: SubagentStore;
  readonly jumps: JumpStore;
  readonly relatives: RelativesStore;
  readonly exports: ExportStore;
  readonly search: SearchStore;
  readonly costs: CostsStore;
  /** What is clicked down to on the Costs page. */
  readonly costDrill: CostDetail;
  /** The chosen session's cost, in its Cost tab. */
  readonly sessionCost: CostDetail;
  readonly ledger: LedgerStore;
  readonly budgets: BudgetsStore;
  readonly budgetRecord: BudgetRecordStore;
  /** Notices that a person has seen in this browser. */
  readonly seenNotices: SeenNoticesStore;
  readonly ui: UiStore;
  readonly notify: Notify;
  readonly request: Request;
}

export interface AppStoresOptions {
  readonly request: Request;
  readonly connection: ConnectionState;
  readonly notify: Notify;
  readonly keyStore: KeyStore | null;
  /** Who the payloads say they are from. */
  readonly sender: string;
  /** Runs a callback at about the next drawing of the screen. */
  readonly schedule: (run: () => void) => void;
  /** The page's timers when missing. */
  readonly after?: After;
  /** Whether a person can see the window; always, when missing. */
  readonly isShown?: () => boolean;
  /** The person's own when missing. */
  readonly timeZone?: string;
}

/** Creates the stores of one window; `connectStores` feeds them. */
export function createAppStores(options: AppStoresOptions): AppStores {
  const { request, notify, after = pageTimers } = options;
  const ui = createUiStore(options.keyStore);
  const payloads = createPayloadsStore({ request, notify });
  const connection = createConnectionStore({ request, initial: options.connection });
  const sessions = createSessionsStore({ schedule: options.schedule });
  const costs = createCostsStore({ request, after, now: Date.now, timeZone: options.timeZone ?? ownTimeZone() });
  return {
    connection,
    index: createIndexStore({ request, notify, connection, after }),
    sessions,
    sessionPages: createSessionPages({ request, onListed: (page) => sessions.getState().takeListed(page) }),
    projects: createProjectsStore({ request, after, onTotal: (total) => sessions.getState().takeTotal(total) }),
    processes: createProcessesStore({ request, after }),
    settings: createSettingsStore({ request, onChanged: () => void connection.getState().refreshHost() }),
    permissions: createPermissionsStore({ request, notify }),
    feed: createSessionFeedStore({
      request,
      schedule: options.schedule,
      onFailure: ({ message }) => notify({ tone: "failure", title: "Older events did not load", text: message }),
    }),
    payloads,
    composer: createComposerStore({
      request,
      sender: options.sender,
      onSent: (payload) => payloads.getState().put([payload]),
      onBroadcast: (result, content) => payloads.getState().putBroadcast(result, content),
      now: () => new Date(),
      newId: () => crypto.randomUUID(),
    }),
    actions: createSessionActions({
      request,
      notify,
      onStarted: ({ sessionId }) => ui.getState().chooseSession(sessionId),
    }),
    startOptions: createStartOptionsStore({ request }),
    transcriptWindow: createTranscriptWindowStore({
      request,
      onFailure: ({ message }) => notify({ tone: "failure", title: "Further events did not load", text: message }),
    }),
    subagents: createSubagentStore({ request }),
    jumps: createJumpStore({
      request,
      onFound: (sessionId, seq, inside) =>
        ui.getState().showPlace({ sessionId, seq, ...(inside === undefined ? {} : { inside }) }),
      onFailure: ({ message }) => notify({ tone: "failure", title: "The transcript was not searched", text: message }),
    }),
    relatives: createRelativesStore({ request }),
    exports: createExportStore({ request, notify }),
    search: createSearchStore({ request, now: Date.now }),
    costs,
    costDrill: createCostDetail({ request, after }),
    sessionCost: createCostDetail({ request, after }),
    ledger: createLedgerStore({ request, notify, onChanged: () => costs.getState().touch() }),
    budgets: createBudgetsStore({ request, notify, after, isShown: options.isShown ?? (() => true) }),
    budgetRecord: createBudgetRecordStore({ request }),
    seenNotices: createSeenNotices(options.keyStore),
    ui,
    notify,
    request,
  };
}

function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
