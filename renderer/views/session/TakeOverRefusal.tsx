import { X } from "lucide-react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { type BudgetRefusal, budgetRefusalOf } from "../../stores/budgetRefusal.ts";
import { RefusedByBudget } from "../budgets/RefusedByBudget.tsx";
import type { Refusal } from "../../stores/sessionActions.ts";
import { useActions, useUi } from "../useStores.ts";
import { refusalWords } from "./refusalWords.ts";

/** Why the session could not be taken over, and what can be done instead. */
export function TakeOverRefusal({ session }: { readonly session: SessionSummary }) {
  const refusal = useActions((state) => state.refused[session.sessionId]);
  const dismissRefusal = useActions((state) => state.dismissRefusal);
  const openDialog = useUi((state) => state.openDialog);
  if (refusal === undefined || session.owner === "owned") return null;
  const budget = budgetRefusalOf(refusal.failure);
  if (budget !== null) return <TakeOverHeld session={session} action={refusal.action} budget={budget} />;
  const { title, advice } = refusalWords(refusal);
  return (
    <section role="alert" className="flex items-start gap-2 border-b border-line bg-warn-soft py-1.5 pr-2 pl-3">
      <div className="min-w-0 grow">
        <p>
          <strong>{title}</strong> {advice}
        </p>
        <p className="text-xs text-dim wrap-anywhere">{visibleText(refusal.failure.message)}</p>
      </div>
      {refusal.failure.code === "directory_unusable" && (
        <Button
          className="shrink-0"
          onClick={() =>
            openDialog({ kind: "newSession", cwd: null, resume: session.sessionId, isFork: refusal.action === "fork" })
          }
        >
          Choose another directory…
        </Button>
      )}
      <Button look="quiet" size="icon" aria-label="Close this note" onClick={() => dismissRefusal(session.sessionId)}>
        <X aria-hidden className="size-3.5" />
      </Button>
    </section>
  );
}

/** A budget holds it: the way on is to override it, or to wait. */
function TakeOverHeld(props: {
  readonly session: SessionSummary;
  readonly action: Refusal["action"];
  readonly budget: BudgetRefusal;
}) {
  const { session, action, budget } = props;
  const { resume, fork, dismissRefusal } = useActions((state) => state);
  const isFork = action === "fork";
  return (
    <section className="flex items-start gap-2 border-b border-line bg-danger-soft pr-2">
      <div className="min-w-0 grow">
        <RefusedByBudget
          refusal={budget}
          what={isFork ? "Not forked" : "Not resumed"}
          goOnWords={isFork ? "Let work go on and fork" : "Let work go on and resume"}
          onGoOn={() => void (isFork ? fork(session) : resume(session))}
        />
      </div>
      <Button
        look="quiet"
        size="icon"
        className="mt-1"
        aria-label="Close this note"
        onClick={() => dismissRefusal(session.sessionId)}
      >
        <X aria-hidden className="size-3.5" />
      </Button>
    </section>
  );
}
