import type { Refusal } from "../../stores/sessionActions.ts";

/** A refusal to take a session over, in words. */
export interface RefusalWords {
  readonly title: string;
  readonly advice: string;
}

/** What a refusal means and what to do about it. */
export function refusalWords({ failure }: Refusal): RefusalWords {
  switch (failure.code) {
    case "session_open_elsewhere":
      return {
        title: "Another process has this session open.",
        advice: "End it there, then take it over here.",
      };
    case "directory_unusable":
      return {
        title: "Its directory cannot be used.",
        advice: "Bring the directory back, or go on in another one. Its transcript can be read as it is.",
      };
    case "transcript_missing":
      return {
        title: "Its transcript is gone.",
        advice:
          "Claude Code deletes transcripts after some time. Without it the session cannot go on; start a new one.",
      };
    case "budget_reached":
      return { title: "A budget is used up.", advice: "Wait until it begins anew, raise it, or let work go on." };
    default:
      return { title: "The session was not taken over.", advice: "" };
  }
}
