import type { ReactNode } from "react";

/** What stands where there is nothing yet: what is missing, and what to do about it. */
export function EmptyState(props: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-80 flex-col items-center gap-2 px-4 py-8 text-center">
      <p className="font-medium">{props.title}</p>
      {props.children !== undefined && <div className="text-dim">{props.children}</div>}
      {props.action}
    </div>
  );
}
