import { Popover } from "radix-ui";
import { useEffect } from "react";
import { visibleText } from "../../../shared/text/visibleText.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { useRelatives, useUi } from "../useStores.ts";

/** Inside the facts' popover: the session that this one was made of, and those that were made of it, each a link. */
export function Relatives({ session }: { readonly session: SessionSummary }) {
  const { sessionId, parentSessionId } = session;
  const look = useRelatives((state) => state.look);
  const isTold = useRelatives((state) => state.sessionId === sessionId);
  const parent = useRelatives((state) => state.parent);
  const children = useRelatives((state) => state.children);
  useEffect(() => void look({ sessionId, parentSessionId }), [look, sessionId, parentSessionId]);
  const shown = isTold ? children : [];
  if (parentSessionId === null && shown.length === 0) return null;
  return (
    <dl className="mt-1 grid grid-cols-[8rem_1fr] gap-x-3 gap-y-0.5">
      {parentSessionId !== null && (
        <>
          <dt className="text-dim">Continues</dt>
          <dd className="min-w-0">
            {isTold && parent !== null ? (
              <Link session={parent} />
            ) : (
              <span className="font-mono text-xs leading-5 wrap-anywhere">{visibleText(parentSessionId)}</span>
            )}
          </dd>
        </>
      )}
      {shown.length > 0 && (
        <>
          <dt className="text-dim">Continued in</dt>
          <dd className="min-w-0">
            <ul>
              {shown.map((child) => (
                <li key={child.sessionId}>
                  <Link session={child} />
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
    </dl>
  );
}

function Link({ session: { sessionId, title, lastActivityAt } }: { readonly session: SessionSummary }) {
  const chooseSession = useUi((state) => state.chooseSession);
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <Popover.Close
        title={`Open session ${sessionId}`}
        onClick={() => chooseSession(sessionId)}
        className="min-w-0 truncate rounded text-left font-medium text-accent hover:underline"
      >
        {visibleText(title)}
      </Popover.Close>
      <RelativeTime at={lastActivityAt} className="shrink-0 text-xs text-dim" />
    </span>
  );
}
