/** A session as JSON: a list of its events, one a line; those of a sub-agent stand after the call that started it. */
import type { ExportWriter } from "./exportWriter.ts";

export const jsonWriter: ExportWriter = {
  mediaType: "application/json; charset=utf-8",
  extension: "json",
  begin: () => "[\n",
  events: (events, _depth, isFirst) =>
    events.map((event, index) => `${isFirst && index === 0 ? "" : ",\n"}${JSON.stringify(event)}`),
  beginSubagent: () => "",
  endSubagent: () => "",
  end: () => "\n]\n",
};
