import { useState } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { Button } from "../../components/Button.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { cn } from "../../components/cn.ts";
import { toolSummary } from "../../terminal/toolSummary.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { decisionWords } from "../transcript/decisionWords.ts";
import { usePermissions, useSessions } from "../useStores.ts";
import { statusLooks } from "./statusLooks.ts";

const PAGE = 10;

/** What was decided lately: who, when, how fast, and what became of it. */
export function RecentDecisions() {
  const settled = usePermissions((state) => state.settled);
  const [count, setCount] = useState(PAGE);
  if (settled.length === 0) return null;
  return (
    <details className="border-t border-line" open>
      <summary className="px-3 py-2 text-xs font-semibold text-dim">Recent decisions ({settled.length})</summary>
      <ul className="px-3 pb-2">
        {settled.slice(0, count).map((permission) => (
          <DecisionLine key={permission.permissionId} permission={permission} />
        ))}
      </ul>
      {settled.length > count && (
        <Button look="quiet" size="small" className="mb-2 ml-1" onClick={() => setCount(count + PAGE)}>
          Show more
        </Button>
      )}
    </details>
  );
}

function DecisionLine({ permission }: { readonly permission: Permission }) {
  const title = useSessions((state) => state.byId[permission.sessionId]?.title ?? null);
  const { words, look } = statusLooks[permission.status];
  const summary = toolSummary(permission.toolName, permission.input);
  return (
    <li className="border-b border-line py-1.5 text-xs last:border-b-0">
      <p className="flex items-baseline gap-2">
        <span className={cn("shrink-0 font-medium", look)}>{words}</span>
        <span className="min-w-0 grow truncate">
          {visibleText(permission.displayName)}{" "}
          <span className="font-mono text-[11px] text-dim">{visibleText(summary)}</span>
        </span>
        <RelativeTime at={permission.settledAt ?? permission.requestedAt} className="shrink-0 text-dim" />
      </p>
      <p className="text-dim wrap-anywhere">
        {visibleText([title, decisionWords(permission)].filter((part) => part !== null && part !== "").join(" · "))}
      </p>
    </li>
  );
}
