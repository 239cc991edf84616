import type { Permission } from "../../../shared/model/permission.ts";
import { cn } from "../../components/cn.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { decisionWords } from "../transcript/decisionWords.ts";
import { statusLooks } from "./statusLooks.ts";

/** How a request ended. */
export function SettledNotice({ permission }: { readonly permission: Permission }) {
  const { words, look } = statusLooks[permission.status];
  const message = permission.decision?.message ?? null;
  return (
    <p role="status" className="wrap-anywhere">
      <span className={cn("font-semibold", look)}>{words}</span>{" "}
      <span className="text-dim">{visibleText(decisionWords(permission))}</span>
      {message !== null && message !== "" && <span className="block text-dim">“{visibleText(message)}”</span>}
    </p>
  );
}
