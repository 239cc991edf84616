import { Settings, TextSearch } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../components/Button.tsx";
import { COMMAND_KEY, Keys, keyHintClass } from "../components/Keys.tsx";
import { PageTabs } from "./PageTabs.tsx";
import { useConnection, useUi } from "./useStores.ts";

/** The thin bar on top: the name, the pages, what the layout adds, the palette, help and settings. */
export function TopBar({ children }: { readonly children?: ReactNode }) {
  const openDialog = useUi((state) => state.openDialog);
  const version = useConnection((state) => state.host?.claude?.version ?? null);
  return (
    <header className="flex h-9 shrink-0 items-center gap-1.5 border-b border-line bg-panel px-2 max-sm:gap-1 max-sm:px-1">
      <h1 className="mr-1 font-semibold max-sm:sr-only">Switchboard</h1>
      <PageTabs />
      {children}
      <span className="grow" />
      {version !== null && <span className="hidden text-xs text-dim lg:inline">claude {version}</span>}
      <Button look="quiet" size="small" onClick={() => openDialog({ kind: "palette" })}>
        <TextSearch aria-hidden className="size-4 md:hidden" />
        <span className="max-md:sr-only">Commands</span> <Keys keys={[COMMAND_KEY, "K"]} className={keyHintClass} />
      </Button>
      <Button
        look="quiet"
        size="icon"
        aria-label="Keyboard help"
        className="max-sm:hidden"
        onClick={() => openDialog({ kind: "keys" })}
      >
        ?
      </Button>
      <Button look="quiet" size="icon" aria-label="Settings" onClick={() => openDialog({ kind: "settings" })}>
        <Settings aria-hidden className="size-4" />
      </Button>
    </header>
  );
}
