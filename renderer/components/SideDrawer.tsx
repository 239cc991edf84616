import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";
import { cn } from "./cn.ts";

/** A panel that slides over the window from one side, where there is no room for it beside the rest. */
export function SideDrawer(props: {
  readonly side: "left" | "right";
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { side, title, open, onClose, children } = props;
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/45" />
        <Dialog.Content
          aria-describedby={undefined}
          className={cn(
            "fixed inset-y-0 z-30 flex w-[min(24rem,92vw)] flex-col bg-panel shadow-(--shadow)",
            side === "left" ? "left-0 border-r border-line" : "right-0 border-l border-line",
          )}
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          <div className="min-h-0 grow">{children}</div>
          <div className="flex justify-end border-t border-line p-2">
            <Dialog.Close asChild>
              <Button>Close</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
