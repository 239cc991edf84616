import { commandArguments } from "./commandArguments.ts";

const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/iu;

/** An id, or the file of the session's transcript. */
const VALUE = new RegExp(`^(?:.*[/\\\\])?(${ID.source})(?:\\.jsonl)?$`, "iu");

/**
 * The session that a claude process was told to open; null when its arguments, the program first, name none. A title or
 * a search names none, and of a fork only the id of the copy counts.
 */
export function sessionOfArguments(argv: readonly string[]): string | null {
  let resumed: string | null = null;
  let given: string | null = null;
  let isFork = false;
  for (const argument of commandArguments(argv)) {
    const { text } = argument;
    if (argument.kind === "shown") {
      isFork ||= text === "--fork-session";
      if (text.startsWith("-r")) resumed = idIn(text.slice(2)) ?? resumed;
    } else if (argument.kind !== "text") {
      if (argument.name === "--session-id") given = idIn(text);
      if (argument.name === "--resume" || argument.name === "-r") resumed = idIn(text);
    }
  }
  return isFork ? given : (resumed ?? given);
}

function idIn(value: string): string | null {
  return VALUE.exec(value)?.[1]?.toLowerCase() ?? null;
}
