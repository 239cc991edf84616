import { RefreshCw } from "lucide-react";
import { useState } from "react";
import type { HostInfo } from "../../../shared/model/host.ts";
import { Button } from "../../components/Button.tsx";
import { Modal } from "../../components/Modal.tsx";
import { useConnection } from "../useStores.ts";
import { Facts } from "./Facts.tsx";
import { ThemeChoice } from "./ThemeChoice.tsx";
import { TranscriptSettings } from "./TranscriptSettings.tsx";

/** The window's theme, what is read and searched, and what the host tells of itself and of the CLI it runs. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const host = useConnection((state) => state.host);
  return (
    <Modal title="Settings" onClose={onClose}>
      <div className="flex flex-col gap-4">
        <ThemeChoice />
        {host !== null && <TranscriptSettings host={host} />}
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
