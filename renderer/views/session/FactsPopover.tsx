import { Info, TriangleAlert } from "lucide-react";
import { Popover } from "radix-ui";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { formatExact, formatTokens } from "../../components/formats.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { type FactRow, factRows, tokenRows, tokenTotal, unreadableWords } from "./factRows.ts";
import { PullRequestLink } from "./PullRequestLink.tsx";
import { Relatives } from "./Relatives.tsx";

/** All that is known of the session, behind its number of tokens. */
export function FactsPopover({ session }: { readonly session: SessionSummary }) {
  const usage = session.facts?.usage ?? null;
  const total = usage === null ? null : tokenTotal(usage);
  const tokens = total === null ? null : `${formatTokens(total)} tokens`;
  const unreadable = unreadableWords(session);
  const kinds = usage === null ? [] : tokenRows(usage).map(({ label, value }) => `${label}: ${value}`);
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button
          look="quiet"
          size="small"
          className="-mx-1 h-5 px-1"
          aria-label={`${tokens ?? "Details"}; all facts about this session`}
          title={kinds.length === 0 ? "All facts about this session" : kinds.join("\n")}
        >
          {tokens ?? "Details"}
          {unreadable === null ? (
            <Info aria-hidden className="size-3" />
          ) : (
            <TriangleAlert aria-hidden className="size-3 text-warn" />
          )}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Facts about this session"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[70vh] w-[min(26rem,calc(100vw-1rem))] overflow-y-auto rounded-lg border border-line bg-raised p-3 text-[13px] shadow-(--shadow)"
        >
          <Rows rows={factRows(session)} />
          <dl className="mt-1 grid grid-cols-[8rem_1fr] gap-x-3 gap-y-0.5">
            <TimeRow label="First activity" at={session.startedAt} />
            <TimeRow label="Last activity" at={session.lastActivityAt} />
          </dl>
          {usage !== null && (
            <>
              <h3 className="mt-3 mb-1 text-xs font-semibold text-dim">Tokens, each message counted once</h3>
              <Rows rows={tokenRows(usage)} isFigures />
            </>
          )}
          <Relatives session={session} />
          <PullRequestLink session={session} className="mt-3" />
          {unreadable !== null && <p className="mt-3 rounded-md bg-warn-soft px-2 py-1 text-xs">{unreadable}</p>}
          {session.facts === null && (
            <p className="mt-3 text-xs text-dim">Its transcript has not been read yet; more will be known then.</p>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Rows({ rows, isFigures = false }: { readonly rows: readonly FactRow[]; readonly isFigures?: boolean }) {
  return (
    <dl className={cn("grid gap-x-3 gap-y-0.5", isFigures ? "w-fit grid-cols-[8rem_auto]" : "grid-cols-[8rem_1fr]")}>
      {rows.map(({ label, value, mono }) => (
        <div key={label} className="contents">
          <dt className="text-dim">{label}</dt>
          <dd
            className={cn("wrap-anywhere", isFigures && "text-right", mono === true && "font-mono text-xs leading-5")}
          >
            {visibleText(value)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function TimeRow({ label, at }: { readonly label: string; readonly at: string }) {
  return (
    <>
      <dt className="text-dim">{label}</dt>
      <dd>
        {formatExact(at)}{" "}
        <span className="text-dim">
          (<RelativeTime at={at} />)
        </span>
      </dd>
    </>
  );
}
