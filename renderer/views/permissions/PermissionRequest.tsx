import type { Permission } from "../../../shared/model/permission.ts";
import type { FirstFocus } from "./AllowButtons.tsx";
import { PlanReview } from "./PlanReview.tsx";
import { QuestionForm } from "./QuestionForm.tsx";
import { readQuestions } from "./questions.ts";
import { ToolRequest } from "./ToolRequest.tsx";
import { useDecide } from "./useDecide.ts";

/** One pending request as what it is: questions, a plan, or a tool that wants to run. */
export function PermissionRequest({
  permission,
  firstFocus,
}: {
  readonly permission: Permission;
  readonly firstFocus: FirstFocus;
}) {
  const { problem } = useDecide(permission);
  return (
    <div className="flex flex-col gap-2.5">
      <RequestBody permission={permission} firstFocus={firstFocus} />
      {problem !== null && (
        <p role="alert" className="rounded-md bg-danger-soft px-2.5 py-1.5 text-danger">
          The decision was not taken: {problem}
        </p>
      )}
    </div>
  );
}

function RequestBody({ permission, firstFocus }: { readonly permission: Permission; readonly firstFocus: FirstFocus }) {
  if (permission.toolName === "ExitPlanMode") return <PlanReview permission={permission} firstFocus={firstFocus} />;
  const questions = permission.toolName === "AskUserQuestion" ? readQuestions(permission.input) : null;
  if (questions !== null) return <QuestionForm permission={permission} questions={questions} />;
  return <ToolRequest permission={permission} firstFocus={firstFocus} />;
}
