import type { SessionEvent } from "../../shared/model/event.ts";
import { steeringEventSchemas } from "../../shared/model/events/steeringEvents.ts";
import { type ContentLineEvent, contentLines } from "./events/contentLines.ts";
import { markLines } from "./events/markLines.ts";
import { type SteeringLineEvent, steeringLines } from "./events/steeringLines.ts";
import { renderDelta, renderText, renderThinking } from "./events/streamedText.ts";
import { type Ansi, join, nothing } from "./ink.ts";
import { type MarkedEvent, isMarked } from "./marks/eventMark.ts";
import { tellMark } from "./marks/toldMarks.ts";
import { type Rendered, renderLines } from "./renderLines.ts";
import { type StreamState, depthOf, emptyStreamState, rememberTool } from "./streamState.ts";

/**
 * Owns: event → ANSI, the whole mapping of the Stream view.
 * Knows nothing about: xterm, the DOM, where events come from.
 * Invariants: pure; content reaches the output only through `ink`, so no escape sequence of it survives; every event
 * closes the styles it opens.
 */

/** Renders one event. Begin with `emptyStreamState`. */
export function renderEvent(state: StreamState, event: SessionEvent): Rendered {
  if (event.type === "assistant.delta") return renderDelta(state, event.data);
  if (event.type === "assistant.textAdded") return renderText(state, event.data);
  if (event.type === "assistant.thinkingAdded") return renderThinking(state, event.data);
  if (isMarked(event)) return renderMark(state, event);
  if (isSteering(event)) return renderLines(state, steeringLines(event));
  return renderContent(state, event);
}

/** Renders events one after the other. */
export function renderEvents(events: readonly SessionEvent[], before: StreamState = emptyStreamState): Rendered {
  let state = before;
  const parts: Ansi[] = [];
  for (const event of events) {
    const rendered = renderEvent(state, event);
    state = rendered.state;
    parts.push(rendered.ansi);
  }
  return { state, ansi: join(...parts) };
}

function renderContent(state: StreamState, event: ContentLineEvent): Rendered {
  const parent = "parentToolUseId" in event.data ? event.data.parentToolUseId : null;
  const depth = depthOf(state, parent);
  const rendered = renderLines(state, contentLines(event, state), depth);
  if (event.type !== "tool.called") return rendered;
  return {
    ...rendered,
    state: rememberTool(rendered.state, event.data.toolUseId, { name: event.data.name, depth }),
  };
}

function renderMark(state: StreamState, event: MarkedEvent): Rendered {
  const { told, mark } = tellMark(state.told, event);
  const next = { ...state, told };
  return mark === null ? { state: next, ansi: nothing } : renderLines(next, markLines(mark));
}

function isSteering(event: Exclude<SessionEvent, MarkedEvent>): event is SteeringLineEvent {
  return Object.hasOwn(steeringEventSchemas, event.type);
}
