import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import { type FormEvent, useState } from "react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { lineControlClass, menuClass, menuItemClass } from "../../components/controls.ts";
import { useActions } from "../useStores.ts";
import { modelAliases } from "./modes.ts";

/** The session's model, and the way to change it while the session is ours and live. */
export function ModelMenu({ session }: { readonly session: SessionSummary }) {
  const [open, setOpen] = useState(false);
  const setModel = useActions((state) => state.setModel);
  const busy = useActions((state) => state.busy[session.sessionId]);
  const name = session.model ?? "Model unknown";
  if (!session.live || session.owner !== "owned") return <span title="Model">{name}</span>;
  const choose = (model: string): void => {
    setOpen(false);
    void setModel(session.sessionId, model);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button look="quiet" size="small" className="-ml-2" disabled={busy !== undefined} aria-label={`Model: ${name}`}>
          <span className="max-w-44 truncate">{busy === "setModel" ? "Changing the model…" : name}</span>
          <ChevronDown aria-hidden className="size-3" />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={menuClass} align="start" sideOffset={4} aria-label="Choose a model">
          {modelAliases.map((alias) => (
            <button
              key={alias}
              type="button"
              className={`${menuItemClass} hover:bg-accent-soft`}
              onClick={() => choose(alias)}
            >
              {alias}
            </button>
          ))}
          <OtherModel onChoose={choose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function OtherModel({ onChoose }: { readonly onChoose: (model: string) => void }) {
  const [model, setModel] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (model.trim() !== "") onChoose(model.trim());
  };
  return (
    <form onSubmit={submit} className="mt-1 flex gap-1 border-t border-line p-1 pt-2">
      <input
        aria-label="Full name of another model"
        placeholder="Full model name"
        value={model}
        onChange={(event) => setModel(event.target.value)}
        className={cn(lineControlClass, "w-40")}
      />
      <Button type="submit">Set</Button>
    </form>
  );
}
