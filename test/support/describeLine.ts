import { field } from "./duplexDriver.ts";
import type { DriverLine } from "./duplexDriver.ts";

/** A line in a few words: enough to compare the order of a whole turn. */
export function describeLine(line: DriverLine): string {
  const { fields } = line;
  switch (fields["type"]) {
    case "command_lifecycle":
      return `lifecycle ${String(fields["state"])}`;
    case "result":
      return `result ${String(fields["subtype"])} ${String(fields["terminal_reason"])}: ${resultText(fields["result"])}`;
    case "assistant":
      return `assistant ${String(field(fields, "message", "content", "0", "type"))}: ${String(field(fields, "message", "content", "0", "text"))}`;
    case "user":
      return fields["isReplay"] === true ? "user replay" : "user";
    case "control_response":
      return `control_response ${String(field(fields, "response", "subtype"))}`;
    case "system":
      return `system ${String(fields["subtype"])}`;
    default:
      return String(fields["type"]);
  }
}

function resultText(result: unknown): string {
  return typeof result === "string" ? result : "";
}
