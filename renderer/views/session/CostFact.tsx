import type { SessionSummary } from "../../../shared/model/session.ts";
import { formatUsd } from "../../components/formats.ts";
import { isWorking } from "../sessions/isWorking.ts";

/** What the session cost so far, and the running turn while it grows. */
export function CostFact({ session }: { readonly session: SessionSummary }) {
  const { costUsd, turnCostUsd } = session;
  if (costUsd === null) return null;
  const isGrowing = turnCostUsd !== null && isWorking(session);
  return (
    <span>
      <span title={`Cost of the session so far: $${costUsd.toFixed(6)}`}>{formatUsd(costUsd)}</span>
      {isGrowing && (
        <span title={`Cost of the running turn so far: $${turnCostUsd.toFixed(6)}`}>
          {" "}
          ({formatUsd(turnCostUsd)} this turn)
        </span>
      )}
    </span>
  );
}
