import { useState } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { Field } from "../../components/Field.tsx";
import { cn } from "../../components/cn.ts";
import { controlClass } from "../../components/controls.ts";
import { planOf } from "../../terminal/toolSummary.ts";
import { Markdown } from "../transcript/Markdown.tsx";
import { AllowButtons, type FirstFocus } from "./AllowButtons.tsx";
import { RequestNotes } from "./RequestNotes.tsx";
import { useDecide } from "./useDecide.ts";

/** What the model reads when it shall go on planning and nothing more was said. */
const KEEP_PLANNING = "Keep planning. Do not start yet.";
const noRisk = { level: "safe", marks: [] } as const;

/** A plan to approve, or to send back with feedback. Never remembered. */
export function PlanReview({
  permission,
  firstFocus,
}: {
  readonly permission: Permission;
  readonly firstFocus: FirstFocus;
}) {
  const [feedback, setFeedback] = useState("");
  const { decide, isBusy } = useDecide(permission);
  const plan = permission.plan ?? planOf(permission.toolName, permission.input);
  const message = feedback.trim() === "" ? KEEP_PLANNING : feedback.trim();
  return (
    <>
      {plan === null ? (
        <p className="rounded-md bg-warn-soft px-2.5 py-1.5 text-warn">
          The text of the plan is not known here. Look at what was said in the session before you approve.
        </p>
      ) : (
        <div
          tabIndex={0}
          role="region"
          aria-label="Plan"
          className="max-h-112 overflow-auto rounded-md border border-line px-3 py-2"
        >
          <Markdown text={plan} />
        </div>
      )}
      <RequestNotes permission={permission} risk={noRisk} />
      <Field label="Feedback (sent with Keep planning)">
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            value={feedback}
            className={cn(controlClass, "py-1")}
            onChange={(event) => setFeedback(event.target.value)}
          />
        )}
      </Field>
      <AllowButtons
        confirms={permission.defaultToNo}
        canAllow
        isBusy={isBusy}
        allowWords="Approve"
        denyWords="Keep planning"
        firstFocus={firstFocus}
        onAllow={() => decide({ behavior: "allow" })}
        onDeny={() => decide({ behavior: "deny", message })}
      />
    </>
  );
}
