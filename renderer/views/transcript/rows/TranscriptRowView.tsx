import { memo } from "react";
import type { TranscriptRow } from "../transcriptRow.ts";
import {
  MarkRowView,
  PermissionRowView,
  TextRowView,
  ThinkingRowView,
  ToolDraftRowView,
  TurnRowView,
} from "./SmallRows.tsx";
import { SubagentRowView } from "./SubagentRowView.tsx";
import { ToolRowView } from "./ToolRowView.tsx";
import { PayloadRowView, UserRowView } from "./UserRowView.tsx";

/** One row of the transcript. Drawn again only when the row itself or its fold changes. */
export const TranscriptRowView = memo(function TranscriptRowView(props: {
  readonly row: TranscriptRow;
  readonly isOpen: boolean;
  readonly onToggle: (key: string) => void;
}) {
  const { row, isOpen, onToggle } = props;
  const toggle = (): void => onToggle(row.key);
  switch (row.kind) {
    case "user":
      return <UserRowView row={row} />;
    case "payload":
      return <PayloadRowView row={row} />;
    case "text":
      return <TextRowView row={row} />;
    case "thinking":
      return <ThinkingRowView row={row} isOpen={isOpen} onToggle={toggle} />;
    case "toolDraft":
      return <ToolDraftRowView row={row} />;
    case "tool":
      return <ToolRowView row={row} isOpen={isOpen} onToggle={toggle} />;
    case "permission":
      return <PermissionRowView row={row} />;
    case "turn":
      return <TurnRowView row={row} />;
    case "mark":
      return <MarkRowView row={row} isOpen={isOpen} onToggle={toggle} />;
    case "subagent":
      return <SubagentRowView row={row} />;
  }
});
