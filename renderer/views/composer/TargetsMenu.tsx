import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { useMemo } from "react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { menuClass, menuItemClass } from "../../components/controls.ts";
import { projectName, visibleSessions } from "../../stores/sessionList.ts";
import { projectOf } from "../../../shared/state/projectOf.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { StateMark } from "../sessions/StateMark.tsx";
import { stateWords } from "../sessions/sessionState.ts";
import { useSessions } from "../useStores.ts";

/** Which sessions get the payload: this one, and any others that a payload can reach. */
export function TargetsMenu(props: {
  readonly sessionId: string;
  readonly alsoTo: readonly string[];
  readonly disabled: boolean;
  readonly onAlsoTo: (alsoTo: readonly string[]) => void;
}) {
  const { sessionId, alsoTo, disabled, onAlsoTo } = props;
  const byId = useSessions((state) => state.byId);
  const others = useMemo(
    () =>
      visibleSessions(Object.values(byId), "live", "").filter(
        (session) => session.sessionId !== sessionId && session.routes.length > 0,
      ),
    [byId, sessionId],
  );
  const words = alsoTo.length === 0 ? "To this session" : `To ${alsoTo.length + 1} sessions`;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button look={alsoTo.length === 0 ? "quiet" : "plain"} size="small" disabled={disabled}>
          {words}
          <ChevronDown aria-hidden className="size-3" />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={`${menuClass} w-80`} align="start" sideOffset={4} aria-label="Sessions that get it">
          {others.length === 0 ? (
            <p className="p-2 text-dim">No other running session can be reached.</p>
          ) : (
            <fieldset>
              <legend className="flex w-full items-center justify-between px-2 py-1 text-xs text-dim">
                Send to this session and also to
              </legend>
              <div className="flex gap-1 px-1 pb-1">
                <Button size="small" onClick={() => onAlsoTo(others.map((session) => session.sessionId))}>
                  All {others.length}
                </Button>
                <Button size="small" disabled={alsoTo.length === 0} onClick={() => onAlsoTo([])}>
                  None
                </Button>
              </div>
              {others.map((session) => (
                <Target
                  key={session.sessionId}
                  session={session}
                  checked={alsoTo.includes(session.sessionId)}
                  onChecked={(checked) => onAlsoTo(toggled(alsoTo, session.sessionId, checked))}
                />
              ))}
            </fieldset>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function toggled(ids: readonly string[], id: string, included: boolean): readonly string[] {
  const others = ids.filter((other) => other !== id);
  return included ? [...others, id] : others;
}

function Target(props: {
  readonly session: SessionSummary;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
}) {
  const { session, checked, onChecked } = props;
  const state = stateWords(session);
  return (
    <label className={`${menuItemClass} hover:bg-accent-soft`}>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChecked(event.target.checked)}
        className="accent-(--accent)"
      />
      <StateMark state={state} />
      <span className="min-w-0 grow truncate">{visibleText(session.title)}</span>
      <span className="max-w-28 truncate text-xs text-dim">{visibleText(projectName(projectOf(session)))}</span>
    </label>
  );
}
