import type { IndexState } from "../../../shared/model/host.ts";
import type { SessionFilter } from "../../stores/uiPreferences.ts";

/** Why no session is listed, and what leads on. */
export interface NothingListed {
  readonly title: string;
  readonly text: string | undefined;
  readonly action: "none" | "start" | "showAll" | "clear" | "scan";
}

/** The words for an empty list. */
export function nothingListed(list: {
  readonly filter: SessionFilter;
  readonly query: string;
  /** False until the host's first snapshot. */
  readonly loaded: boolean;
  readonly isOpen: boolean;
  readonly index: IndexState | null;
}): NothingListed {
  const { filter, query, loaded, isOpen, index } = list;
  if (!loaded) {
    return { title: isOpen ? "Loading the sessions…" : "Waiting for the host…", text: undefined, action: "none" };
  }
  if (query.trim() !== "") {
    return {
      title: "No session matches",
      text:
        filter === "all" ? "Titles, projects, branches, models and ids are searched." : "Only running ones are listed.",
      action: filter === "all" ? "clear" : "showAll",
    };
  }
  return filter === "all" ? noneAtAll(index) : byFilter[filter];
}

const byFilter: Readonly<Record<Exclude<SessionFilter, "all">, NothingListed>> = {
  live: {
    title: "No session is running",
    text: "Start one, or show all to resume one that has ended.",
    action: "start",
  },
  needsYou: {
    title: "Nothing needs you",
    text: "Requests and questions will show up here and in the inbox.",
    action: "showAll",
  },
  owned: {
    title: "No session was started here",
    text: "Sessions that you start in Switchboard are listed here.",
    action: "start",
  },
};

function noneAtAll(index: IndexState | null): NothingListed {
  if (index?.state === "scanning") {
    return {
      title: "Reading the transcripts…",
      text: "Sessions appear here as they are found, the newest first. You can start one meanwhile.",
      action: "start",
    };
  }
  if (index?.state === "off") {
    return {
      title: "The transcripts have not been read",
      text: index.problem ?? "Past sessions, and those of other terminals, appear once they are.",
      action: "scan",
    };
  }
  return {
    title: "No sessions yet",
    text: "Start the first one: choose a directory and say what shall be done. Sessions of other terminals appear by themselves.",
    action: "start",
  };
}
