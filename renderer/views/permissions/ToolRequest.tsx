import { useState } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { AllowButtons, type FirstFocus } from "./AllowButtons.tsx";
import {
  type DecisionDraft,
  allowChoice,
  canRemember,
  denyChoice,
  effectiveInput,
  emptyDraft,
  needsConfirm,
  riskOfDraft,
} from "./decision.ts";
import { InputView } from "./InputView.tsx";
import { MoreOptions } from "./MoreOptions.tsx";
import { RememberChoice } from "./RememberChoice.tsx";
import { RequestNotes } from "./RequestNotes.tsx";
import { useDecide } from "./useDecide.ts";

/** A tool that wants to run: its input, what to know about it, and the decision. */
export function ToolRequest({
  permission,
  firstFocus,
}: {
  readonly permission: Permission;
  readonly firstFocus: FirstFocus;
}) {
  const [draft, setDraft] = useState(emptyDraft);
  const { decide, isBusy } = useDecide(permission);
  const change = (part: Partial<DecisionDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const allow = allowChoice(permission, draft);
  const confirms = needsConfirm(permission, draft);
  const denyWords = draft.interrupt ? "Deny and stop" : draft.message.trim() === "" ? "Deny" : "Deny with reply";
  return (
    <>
      <InputView permission={permission} input={effectiveInput(permission, draft)} />
      {draft.inputText !== null && (
        <p className="text-xs text-warn">
          {allow === null
            ? "Shown as asked: the edited input cannot be read yet."
            : "Shown as edited: this is what would run."}
        </p>
      )}
      <RequestNotes permission={permission} risk={riskOfDraft(permission, draft)} />
      {canRemember(permission) && (
        <RememberChoice
          permission={permission}
          remember={draft.remember}
          onChange={(remember) => change({ remember })}
        />
      )}
      <AllowButtons
        confirms={confirms}
        canAllow={allow !== null}
        isBusy={isBusy}
        allowWords={draft.inputText === null ? "Allow" : "Allow as edited"}
        denyWords={denyWords}
        firstFocus={firstFocus}
        onAllow={() => allow !== null && decide(allow)}
        onDeny={() => decide(denyChoice(draft))}
      />
      <MoreOptions permission={permission} draft={draft} onChange={change} />
    </>
  );
}
