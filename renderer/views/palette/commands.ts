import type { SessionSummary } from "../../../shared/model/session.ts";
import { payloadPresets } from "../../../shared/payloads/presets.ts";
import type { AppStores } from "../../stores/appStores.ts";
import { type SessionTab, themeSchema } from "../../stores/uiPreferences.ts";
import { showBudgets } from "../budgets/showBudgets.ts";
import { pages } from "../pages.ts";
import { workDirectory } from "../session/workDirectory.ts";

/** One line of the palette. */
export interface Command {
  readonly id: string;
  readonly group: "Actions" | "Presets" | "Theme";
  readonly title: string;
  /** More words that find it. */
  readonly keywords: readonly string[];
  readonly keys: readonly string[];
  readonly run: () => void;
}

const themeWords = { system: "As the system", light: "Light", dark: "Dark" } as const;

/** What the palette offers besides the sessions themselves, given what is chosen now. */
export function paletteCommands(stores: AppStores): readonly Command[] {
  return [...windowCommands(stores), ...sessionCommands(stores), ...themeCommands(stores)];
}

function windowCommands(stores: AppStores): readonly Command[] {
  const { ui, index } = stores;
  const { openDialog, requestFocus, setPreferences } = ui.getState();
  const action = actionCommand;
  return [
    action({ id: "new", title: "New session…", keywords: ["start"], keys: ["N"] }, () =>
      openDialog({ kind: "newSession", cwd: null, resume: null }),
    ),
    action({ id: "inbox", title: "Go to the inbox", keywords: ["permission"], keys: ["G", "I"] }, () =>
      requestFocus("inbox"),
    ),
    action({ id: "search", title: "Search the session list", keywords: ["find"], keys: ["/"] }, () =>
      requestFocus("search"),
    ),
    ...pageCommands(ui),
    action({ id: "budgets", title: "Budgets", keywords: ["limit", "money", "spend", "alerts"], keys: [] }, () =>
      showBudgets(stores),
    ),
    action({ id: "newBudget", title: "New budget…", keywords: ["limit", "money", "spend", "set"], keys: [] }, () =>
      openDialog({ kind: "budget", budgetId: null, scope: null }),
    ),
    action({ id: "needsYou", title: "Show sessions that need you", keywords: ["filter"], keys: [] }, () =>
      setPreferences({ filter: "needsYou" }),
    ),
    action(
      { id: "scan", title: "Look for new transcripts now", keywords: ["index", "read", "rescan"], keys: [] },
      () => void index.getState().scan(),
    ),
    action({ id: "settings", title: "Settings…", keywords: ["claude", "theme"], keys: [] }, () =>
      openDialog({ kind: "settings" }),
    ),
    action({ id: "keys", title: "Keyboard…", keywords: ["help", "shortcuts"], keys: ["?"] }, () =>
      openDialog({ kind: "keys" }),
    ),
  ];
}

function pageCommands(ui: AppStores["ui"]): readonly Command[] {
  const { showPage } = ui.getState();
  return pages.map(({ page, label, keys, keywords }) =>
    actionCommand({ id: `page-${page}`, title: `Go to ${label}`, keywords, keys }, () => showPage(page)),
  );
}

function sessionCommands(stores: AppStores): readonly Command[] {
  const { ui, sessions } = stores;
  const { chosenSessionId, openDialog } = ui.getState();
  const session = chosenSessionId === null ? undefined : sessions.getState().byId[chosenSessionId];
  if (session === undefined) return [];
  const { sessionId, live } = session;
  const action = actionCommand;
  return [
    ...(live ? liveCommands(stores, sessionId) : endedCommands(stores, session)),
    action({ id: "rename", title: "Rename this session…", keywords: ["title"], keys: [] }, () =>
      openDialog({ kind: "rename", sessionId }),
    ),
    action(
      { id: "label", title: "Label this session…", keywords: ["client", "purpose", "tag", "cost"], keys: [] },
      () => openDialog({ kind: "label", sessionId }),
    ),
    action({ id: "fork", title: "Fork this session…", keywords: ["copy"], keys: [] }, () =>
      openDialog({ kind: "newSession", cwd: workDirectory(session), resume: sessionId }),
    ),
    action({ id: "stream", title: "Show the stream", keywords: ["tab", "terminal"], keys: ["G", "S"] }, () =>
      showTab(ui, "stream"),
    ),
    action({ id: "transcript", title: "Show the transcript", keywords: ["tab"], keys: ["G", "T"] }, () =>
      showTab(ui, "transcript"),
    ),
    action({ id: "cost", title: "Show what this session cost", keywords: ["tab", "money"], keys: ["G", "O"] }, () =>
      showTab(ui, "cost"),
    ),
    ...presetCommands(stores, sessionId),
  ];
}

function showTab(ui: AppStores["ui"], tab: SessionTab): void {
  const { showPage, setPreferences } = ui.getState();
  showPage("sessions");
  setPreferences({ tab });
}

function liveCommands({ ui, actions }: AppStores, sessionId: string): readonly Command[] {
  const { openDialog, requestFocus } = ui.getState();
  return [
    actionCommand({ id: "compose", title: "Write to this session", keywords: ["composer"], keys: ["C"] }, () =>
      requestFocus("composer"),
    ),
    actionCommand(
      { id: "interrupt", title: "Interrupt this session", keywords: ["stop"], keys: [] },
      () => void actions.getState().interrupt(sessionId),
    ),
    actionCommand({ id: "close", title: "Close this session…", keywords: ["end"], keys: [] }, () =>
      openDialog({ kind: "confirmClose", sessionId }),
    ),
  ];
}

function endedCommands({ actions }: AppStores, session: SessionSummary): readonly Command[] {
  const words = { id: "resume", title: "Resume this session", keywords: ["continue"], keys: [] };
  return [actionCommand(words, () => void actions.getState().resume(session))];
}

function presetCommands({ ui, composer }: AppStores, sessionId: string): readonly Command[] {
  return payloadPresets.map((preset) => ({
    id: `preset-${preset.id}`,
    group: "Presets",
    title: preset.title,
    keywords: [preset.kind],
    keys: [],
    run: () => {
      composer.getState().applyPreset(sessionId, preset);
      ui.getState().requestFocus("composer");
    },
  }));
}

function themeCommands({ ui }: AppStores): readonly Command[] {
  return themeSchema.options.map((theme) => ({
    id: `theme-${theme}`,
    group: "Theme",
    title: themeWords[theme],
    keywords: ["theme", "colours"],
    keys: [],
    run: () => ui.getState().setPreferences({ theme }),
  }));
}

function actionCommand(words: Omit<Command, "group" | "run">, run: () => void): Command {
  return { ...words, group: "Actions", run };
}
