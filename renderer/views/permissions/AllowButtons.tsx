import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "../../components/Button.tsx";
import { Keys, keyHintClass } from "../../components/Keys.tsx";

/** Where the keyboard goes when the buttons appear: nowhere by itself, or to Deny. */
export type FirstFocus = "none" | "deny";

/**
 * Allow and Deny. With `confirms`, Allow asks once more before it acts, and Enter never allows: a person who types on
 * must not allow by accident. Space and a click do.
 */
export function AllowButtons(props: {
  readonly confirms: boolean;
  readonly canAllow: boolean;
  readonly isBusy: boolean;
  readonly allowWords: string;
  readonly denyWords: string;
  readonly firstFocus: FirstFocus;
  readonly onAllow: () => void;
  readonly onDeny: () => void;
}) {
  const { confirms, canAllow, isBusy, allowWords, denyWords, firstFocus, onAllow, onDeny } = props;
  const [isAsking, setIsAsking] = useState(false);
  const deny = useRef<HTMLButtonElement>(null);
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (firstFocus === "deny") deny.current?.focus();
  }, [firstFocus]);
  const ask = (asks: boolean): void => {
    // The button that was pressed goes away; the keyboard goes on to the one that changes nothing.
    flushSync(() => setIsAsking(asks));
    (asks ? back : deny).current?.focus();
  };

  if (isAsking && confirms) {
    return (
      <div role="group" aria-label="Confirm" className="flex flex-col gap-2 rounded-md border border-danger p-2">
        <span className="font-medium text-danger">Really allow this?</span>
        <div className="flex justify-end gap-2">
          <Button ref={back} disabled={isBusy} onClick={() => ask(false)}>
            Go back
          </Button>
          <Button look="danger" disabled={isBusy || !canAllow} onKeyDown={ignoreEnter} onClick={onAllow}>
            Allow it anyway
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        data-decision="allow"
        look={confirms ? "plain" : "primary"}
        disabled={isBusy || !canAllow}
        {...(confirms ? { onKeyDown: ignoreEnter } : {})}
        onClick={() => (confirms ? ask(true) : onAllow())}
      >
        {confirms ? `${allowWords}…` : allowWords} <Keys keys={["A"]} className={keyHintClass} />
      </Button>
      <Button ref={deny} data-decision="deny" disabled={isBusy} onClick={onDeny}>
        {denyWords} <Keys keys={["D"]} className={keyHintClass} />
      </Button>
      {isBusy && (
        <span role="status" className="text-xs text-dim">
          Sending…
        </span>
      )}
    </div>
  );
}

function ignoreEnter(event: KeyboardEvent): void {
  if (event.key === "Enter") event.preventDefault();
}
