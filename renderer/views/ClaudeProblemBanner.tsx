import { useState } from "react";
import type { ClaudeProblem } from "../../shared/model/host.ts";
import { Button } from "../components/Button.tsx";
import { useConnection, useUi } from "./useStores.ts";

const titles: Readonly<Record<ClaudeProblem["code"], string>> = {
  missing: "Claude Code is not installed here",
  not_executable: "Claude Code cannot be run",
  too_old: "This Claude Code is too old",
  broken: "Claude Code does not work",
};

/** Says that no session can be started, why, and the way out. */
export function ClaudeProblemBanner() {
  const problem = useConnection((state) => state.host?.claudeProblem ?? null);
  const refreshHost = useConnection((state) => state.refreshHost);
  const openDialog = useUi((state) => state.openDialog);
  const [isAsking, setAsking] = useState(false);
  if (problem === null) return null;
  const ask = async (): Promise<void> => {
    setAsking(true);
    await refreshHost();
    setAsking(false);
  };
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-2 gap-y-1 bg-danger-soft px-3 py-1.5">
      <strong>{titles[problem.code]}.</strong>
      <span className="grow">{problem.message}</span>
      <Button size="small" disabled={isAsking} onClick={() => void ask()}>
        {isAsking ? "Looking…" : "Look again"}
      </Button>
      <Button size="small" onClick={() => openDialog({ kind: "settings" })}>
        Settings
      </Button>
    </div>
  );
}
