import { Button } from "../../components/Button.tsx";
import { Modal } from "../../components/Modal.tsx";
import type { AppStores } from "../../stores/appStores.ts";
import { useBudgets, useStores } from "../useStores.ts";
import { shownName } from "./budgetSentences.ts";
import { useTitleOf } from "./useTitleOf.ts";

/** Asks before a budget is deleted. */
export function DeleteBudgetDialog({ budgetId, onClose }: { readonly budgetId: string; readonly onClose: () => void }) {
  const status = useBudgets((state) => state.statuses?.find(({ budget }) => budget.budgetId === budgetId));
  const { budgets, ui } = useStores();
  const titleOf = useTitleOf();
  if (status === undefined) return null;
  const holds = status.uses.some(({ isActing }) => isActing);
  return (
    <Modal title="Delete this budget?" onClose={onClose} className="w-[min(26rem,calc(100vw-1.5rem))]">
      <p className="mb-1 font-medium wrap-anywhere">{shownName(status.budget, titleOf)}</p>
      <p className="mb-4">
        {holds && "What it holds goes on. "}Its alerts and overrides are kept. To pause it, switch it off instead.
      </p>
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          Keep it
        </Button>
        <Button
          look="danger"
          onClick={() => {
            onClose();
            void removeAndGoOn({ budgets, ui }, budgetId);
          }}
        >
          Delete budget
        </Button>
      </div>
    </Modal>
  );
}

/** The keyboard was on the card, which is gone: it goes to the heading of the others. */
async function removeAndGoOn({ budgets, ui }: Pick<AppStores, "budgets" | "ui">, budgetId: string): Promise<void> {
  await budgets.getState().remove(budgetId);
  const isGone = budgets.getState().statuses?.every(({ budget }) => budget.budgetId !== budgetId) ?? false;
  // Whoever went to another page meanwhile stays there.
  if (isGone && ui.getState().page === "costs") ui.getState().requestFocus("budgets");
}
