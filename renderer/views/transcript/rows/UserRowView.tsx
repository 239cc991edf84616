import { CornerDownRight, SquareTerminal, User } from "lucide-react";
import type { Payload, PayloadKind } from "../../../../shared/model/payload.ts";
import { cn } from "../../../components/cn.ts";
import { oneLine } from "../../../terminal/abbreviate.ts";
import { visibleText } from "../../../../shared/text/visibleText.ts";
import { ReceiptTrack } from "../../composer/ReceiptTrack.tsx";
import { kindWords } from "../../composer/kinds.ts";
import type { PayloadRow, UserRow } from "../transcriptRow.ts";
import { LongText } from "./LongText.tsx";
import { RowFrame } from "./RowFrame.tsx";

const kindLook: Readonly<Record<PayloadKind, string>> = {
  message: "bg-accent-soft text-accent",
  context: "bg-accent-soft text-accent",
  warning: "bg-warn-soft text-warn",
  block: "bg-danger-soft text-danger",
  progress: "bg-accent-soft text-accent",
  completion: "bg-ok-soft text-ok",
};

const originWords: Readonly<Record<UserRow["origin"], string | null>> = {
  payload: null,
  person: null,
  peer: "from another session or terminal",
  cli: "written by Claude Code",
};

/** What was said to the session; a payload shows its kind, its sender and how far it got. */
export function UserRowView({ row }: { readonly row: UserRow }) {
  const { frame, payload } = row;
  const origin = originWords[row.origin];
  const kind = frame?.kind ?? null;
  const isOwnWords = row.origin === "cli";
  const Icon = isOwnWords ? SquareTerminal : User;
  return (
    <RowFrame
      row={row}
      icon={<Icon aria-hidden className={cn("size-4", isOwnWords ? "text-dim" : "text-accent")} />}
      className={cn("py-2", !isOwnWords && "rounded-lg bg-accent-soft/45 pr-2")}
    >
      {(kind !== null || origin !== null) && (
        <p className="mb-1 flex flex-wrap items-center gap-2 text-xs text-dim">
          {kind !== null && <KindBadge kind={kind} />}
          {frame !== null && <span>from {visibleText(frame.sender)}</span>}
          {origin !== null && <span>{origin}</span>}
        </p>
      )}
      <LongText text={frame?.body ?? row.text} className={isOwnWords ? "text-dim" : ""} />
      {payload !== null && <PayloadReceipts payload={payload} />}
    </RowFrame>
  );
}

/** A payload that has not entered the conversation yet. */
export function PayloadRowView({ row }: { readonly row: PayloadRow }) {
  const { payload } = row;
  return (
    <RowFrame row={row} icon={<CornerDownRight aria-hidden className="size-4 text-dim" />}>
      <p className="flex min-w-0 items-center gap-2">
        <KindBadge kind={payload.kind} />
        <span className="min-w-0 truncate text-dim">{visibleText(oneLine(payload.text, 200))}</span>
      </p>
      <PayloadReceipts payload={payload} />
    </RowFrame>
  );
}

function KindBadge({ kind }: { readonly kind: PayloadKind }) {
  return (
    <span className={cn("rounded px-1.5 text-[11px] leading-4.5 font-semibold", kindLook[kind])}>
      {kindWords[kind].label}
    </span>
  );
}

function PayloadReceipts({ payload }: { readonly payload: Payload }) {
  return (
    <div className="mt-1">
      <ReceiptTrack payload={payload} />
    </div>
  );
}
