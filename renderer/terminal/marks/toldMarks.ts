import { type MarkedEvent, eventMark } from "./eventMark.ts";
import { type Mark, mark } from "./mark.ts";

/**
 * Owns: which marks are worth a line after those that were shown before.
 * Knows nothing about: how marks are drawn.
 * Invariant: pure; a setting is told once until it changes. A transcript repeats its settings with every prompt, so the
 * first of them says nothing new.
 */

/** What the marks so far have told. */
export interface ToldMarks {
  /** The last `session.initialized` in words: the CLI repeats it before every turn. */
  readonly initialisedAs: string | null;
  readonly model: string | null;
  readonly permissionMode: string | null;
  readonly gitBranch: string | null;
  readonly title: string | null;
  /** A background task has ended since the last turn began, so that a turn of the CLI's own may follow. */
  readonly taskEnded: boolean;
  /** How a session began, held back for the process that opens it: both are one line. */
  readonly beginning: string | null;
  /** A process has begun and has not introduced itself: what it is set to is about to be told in one line. */
  readonly starting: boolean;
}

export const nothingTold: ToldMarks = {
  initialisedAs: null,
  model: null,
  permissionMode: null,
  gitBranch: null,
  title: null,
  taskEnded: false,
  beginning: null,
  starting: false,
};

/** The mark of an event, or null where it says nothing new; and what is told from then on. */
export function tellMark(
  told: ToldMarks,
  event: MarkedEvent,
): { readonly told: ToldMarks; readonly mark: Mark | null } {
  switch (event.type) {
    case "session.created":
      return { told: { ...told, beginning: eventMark(event)?.title ?? null, starting: true }, mark: null };
    case "process.started":
      return tellProcess(told, event);
    case "session.initialized":
      return tellSettings(told, event);
    case "session.modelChanged":
      return tellSetting(told, event, "model", event.data.model);
    case "session.modeChanged":
      return tellSetting(told, event, "permissionMode", event.data.permissionMode);
    case "session.branchChanged":
      return tellSetting(told, event, "gitBranch", event.data.gitBranch);
    case "session.renamed":
      return tellSetting(told, event, "title", event.data.title);
    case "task.finished":
      return { told: { ...told, taskEnded: true }, mark: eventMark(event) };
    case "turn.started":
      // Nobody here knows what began a turn of another process, unless it was a task that ended.
      return { told: { ...told, taskEnded: false }, mark: told.taskEnded ? eventMark(event) : null };
    default:
      return { told, mark: eventMark(event) };
  }
}

type Told = ReturnType<typeof tellMark>;
type EventNamed<Type extends MarkedEvent["type"]> = Extract<MarkedEvent, { readonly type: Type }>;

function tellProcess(told: ToldMarks, event: EventNamed<"process.started">): Told {
  const own = eventMark(event);
  const title = [told.beginning, own?.title ?? null].filter((part) => part !== null).join(" · ");
  return { told: { ...told, beginning: null, starting: true }, mark: mark("plain", title) };
}

function tellSettings(told: ToldMarks, event: EventNamed<"session.initialized">): Told {
  const own = eventMark(event);
  const isNew = own !== null && own.title !== told.initialisedAs;
  const { model, permissionMode } = event.data;
  const next = {
    ...told,
    initialisedAs: own?.title ?? told.initialisedAs,
    model: model ?? told.model,
    permissionMode: permissionMode ?? told.permissionMode,
    starting: false,
  };
  return { told: next, mark: isNew ? own : null };
}

type Setting = "model" | "permissionMode" | "gitBranch" | "title";

function tellSetting(told: ToldMarks, event: MarkedEvent, setting: Setting, value: string | null): Told {
  const before = told[setting];
  const isFirst =
    before === null && (event.seq < 0 || (told.starting && (setting === "model" || setting === "permissionMode")));
  const isSaid = before === value || isFirst;
  return { told: { ...told, [setting]: value }, mark: isSaid ? null : eventMark(event) };
}
