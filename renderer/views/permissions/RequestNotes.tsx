import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { cn } from "../../components/cn.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import type { Risk } from "./riskOf.ts";
import { tellingReason } from "./tellingReason.ts";

/** Why the CLI asks, what path stopped it, and what deserves a second look. */
export function RequestNotes({ permission, risk }: { readonly permission: Permission; readonly risk: Risk }) {
  const { blockedPath, defaultToNo } = permission;
  const decisionReason = tellingReason(permission.decisionReason);
  return (
    <>
      {risk.marks.length > 0 && (
        <ul
          aria-label="Warnings"
          className={cn(
            "rounded-md px-2.5 py-1.5",
            risk.level === "high" ? "bg-danger-soft text-danger" : "bg-warn-soft text-warn",
          )}
        >
          {risk.marks.map((mark) => (
            <li key={mark.words} className="flex items-start gap-1.5">
              <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
              <span>
                {mark.words}
                {mark.level === "high" && <span className="sr-only"> (dangerous)</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {(decisionReason !== null || blockedPath !== null || defaultToNo) && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-2 gap-y-0.5 text-xs">
          {decisionReason !== null && <Note name="Asks because">{visibleText(decisionReason)}</Note>}
          {blockedPath !== null && (
            <Note name="Blocked path">
              <span className="font-mono">{visibleText(blockedPath)}</span>
            </Note>
          )}
          {defaultToNo && <Note name="Advice">Claude Code recommends to deny this unless you are sure.</Note>}
        </dl>
      )}
    </>
  );
}

function Note({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-dim">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  );
}
