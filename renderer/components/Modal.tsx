import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./Button.tsx";
import { cn } from "./cn.ts";

/** A dialog over the window, closed with Escape, its button or a click beside it. */
export function Modal(props: {
  readonly title: string;
  readonly description?: string | undefined;
  readonly onClose: () => void;
  readonly className?: string;
  /** Nothing in it takes the keyboard, so that it must take it itself to be scrolled. */
  readonly isText?: boolean;
  readonly children: ReactNode;
}) {
  const { title, description, onClose, className, isText = false, children } = props;
  const [opener] = useState(() => document.activeElement);
  const described = description === undefined ? { "aria-describedby": undefined } : {};
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          {...described}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveFocusBack(opener);
          }}
          className={cn(
            "fixed top-[8vh] left-1/2 z-50 flex max-h-[84vh] w-[min(40rem,calc(100vw-1.5rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-panel shadow-(--shadow)",
            className,
          )}
        >
          <header className="flex items-center gap-3 border-b border-line py-1.5 pr-2 pl-4">
            <div className="min-w-0 grow">
              <Dialog.Title className="text-sm font-semibold">{title}</Dialog.Title>
              {description !== undefined && (
                <Dialog.Description className="text-xs text-dim">{description}</Dialog.Description>
              )}
            </div>
            <Dialog.Close asChild>
              <Button look="quiet" size="icon" aria-label="Close">
                <X aria-hidden className="size-4" />
              </Button>
            </Dialog.Close>
          </header>
          <div {...(isText ? { tabIndex: 0 } : {})} className="min-h-0 overflow-y-auto p-4">
            {children}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** To what had the keyboard before the dialog, unless it has gone elsewhere since. */
function giveFocusBack(opener: Element | null): void {
  if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
}
