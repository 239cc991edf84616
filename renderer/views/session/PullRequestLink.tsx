import { GitPullRequest } from "lucide-react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { cn } from "../../components/cn.ts";
import { safeLink } from "../../terminal/safeLink.ts";
import { openLink } from "../transcript/openLink.ts";

/** The pull request that the session led to; nothing where there is none, or where its address is not a plain one. */
export function PullRequestLink(props: { readonly session: SessionSummary; readonly className?: string }) {
  const link = props.session.facts?.pullRequestUrl ?? null;
  const address = link === null ? null : safeLink(link);
  if (address === null) return null;
  const number = /\/(?:pull|merge_requests)\/(\d+)/u.exec(address)?.[1];
  return (
    <a
      href={address}
      title={address}
      rel="noopener noreferrer"
      className={cn("inline-flex items-center gap-1 text-accent underline", props.className)}
      onClick={(event) => {
        event.preventDefault();
        openLink(address);
      }}
      onAuxClick={(event) => event.preventDefault()}
    >
      <GitPullRequest aria-hidden className="size-3.5 shrink-0" />
      {number === undefined ? "Pull request" : `Pull request ${number}`}
    </a>
  );
}
