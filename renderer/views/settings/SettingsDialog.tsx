import { RefreshCw } from "lucide-react";
import { RadioGroup } from "radix-ui";
import { useState } from "react";
import type { HostInfo } from "../../../shared/model/host.ts";
import { Button } from "../../components/Button.tsx";
import { Modal } from "../../components/Modal.tsx";
import { type Theme, themeSchema } from "../../stores/uiPreferences.ts";
import { useConnection, useUi } from "../useStores.ts";

const themeWords: Readonly<Record<Theme, string>> = { system: "As the system", light: "Light", dark: "Dark" };

/** The window's theme, and what the host tells of itself and of the CLI it runs. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const host = useConnection((state) => state.host);
  return (
    <Modal title="Settings" onClose={onClose}>
      <div className="flex flex-col gap-4">
        <ThemeChoice />
        <section className="flex flex-col gap-2">
          <h3 className="text-xs font-semibold text-dim">Claude Code</h3>
          {host === null ? <p>Waiting for the host to tell…</p> : <ClaudeFacts host={host} />}
        </section>
        {host !== null && (
          <section className="flex flex-col gap-2">
            <h3 className="text-xs font-semibold text-dim">Host</h3>
            <Facts
              rows={[
                ["Version", host.version],
                ["Process id", String(host.pid)],
                ["Sessions at once", `at most ${host.maxSessions}`],
              ]}
            />
          </section>
        )}
      </div>
    </Modal>
  );
}

function ThemeChoice() {
  const theme = useUi((state) => state.theme);
  const setPreferences = useUi((state) => state.setPreferences);
  return (
    <section className="flex flex-col gap-2">
      <h3 id="theme-heading" className="text-xs font-semibold text-dim">
        Theme
      </h3>
      <RadioGroup.Root
        aria-labelledby="theme-heading"
        value={theme}
        onValueChange={(value) => {
          const parsed = themeSchema.safeParse(value);
          if (parsed.success) setPreferences({ theme: parsed.data });
        }}
        className="flex gap-1.5"
      >
        {themeSchema.options.map((option) => (
          <RadioGroup.Item
            key={option}
            value={option}
            className="h-7 rounded-md border border-line-strong/60 px-2.5 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:font-semibold"
          >
            {themeWords[option]}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </section>
  );
}

function ClaudeFacts({ host }: { readonly host: HostInfo }) {
  const refreshHost = useConnection((state) => state.refreshHost);
  const [isAsking, setAsking] = useState(false);
  const ask = async (): Promise<void> => {
    setAsking(true);
    await refreshHost();
    setAsking(false);
  };
  return (
    <>
      {host.claudeProblem !== null && <p className="rounded-md bg-danger-soft p-2">{host.claudeProblem.message}</p>}
      <Facts
        rows={[
          ["Executable", host.claude?.path ?? "none found"],
          ["Version", host.claude?.version ?? "unknown"],
        ]}
      />
      <div>
        <Button size="small" disabled={isAsking} onClick={() => void ask()}>
          <RefreshCw aria-hidden className="size-3.5" />
          {isAsking ? "Looking…" : "Look again"}
        </Button>
      </div>
    </>
  );
}

function Facts({ rows }: { readonly rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="grid grid-cols-[10rem_1fr] gap-x-3 gap-y-1">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-dim">{name}</dt>
          <dd className="font-mono text-xs leading-5 break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
