import { Eye } from "lucide-react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { entrypointWords } from "./entrypointWords.ts";

/** That the session runs somewhere else: which process, and where a person would find it. */
export function ObservedMark({ session }: { readonly session: SessionSummary }) {
  const { live, owner, pid, facts } = session;
  if (!live || owner !== "observed") return null;
  const entrypoint = facts?.entrypoint ?? null;
  const words = [
    "observed",
    ...(pid === null ? [] : [`pid ${pid}`]),
    ...(entrypoint === null ? [] : [entrypointWords(entrypoint)]),
  ];
  return (
    <span
      title="Somebody else's claude process: it is watched here, and steered where it was started."
      className="inline-flex shrink-0 items-center gap-1 rounded bg-sunken px-1.5 text-xs text-dim"
    >
      <Eye aria-hidden className="size-3" />
      {visibleText(words.join(" · "))}
    </span>
  );
}
