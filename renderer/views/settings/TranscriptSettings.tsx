import { X } from "lucide-react";
import { useEffect, useState } from "react";
import type { HostInfo } from "../../../shared/model/host.ts";
import { Button } from "../../components/Button.tsx";
import { lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { indexSentence, searchSentence } from "../index/indexSentences.ts";
import { useIndex, useSettings } from "../useStores.ts";
import { rootProblem } from "./rootProblem.ts";
import { UnreadFiles } from "./UnreadFiles.tsx";

/** Which transcripts are read, and whether they can be searched. */
export function TranscriptSettings({ host }: { readonly host: HostInfo }) {
  const settings = useSettings((state) => state.settings);
  const problem = useSettings((state) => state.problem);
  const load = useSettings((state) => state.load);
  useEffect(() => void load(), [load]);
  return (
    <>
      <section className="flex flex-col gap-2">
        <h3 className="text-xs font-semibold text-dim">Transcripts</h3>
        <p>{indexSentence(host.index)}</p>
        <UnreadFiles unread={host.index.unread} />
        <ScanButton host={host} />
        {settings !== null && <ExtraRoots roots={settings.extraRoots} />}
      </section>
      <section className="flex flex-col gap-2">
        <h3 className="text-xs font-semibold text-dim">Search</h3>
        {settings !== null && <SearchSwitch isOn={settings.searchEnabled} host={host} />}
        {settings === null && problem === null && <p className="text-dim">Waiting for the host to tell…</p>}
      </section>
      {problem !== null && (
        <p role="alert" className="rounded-md bg-danger-soft p-2">
          {problem}
        </p>
      )}
    </>
  );
}

function ScanButton({ host }: { readonly host: HostInfo }) {
  const scan = useIndex((state) => state.scan);
  const cancel = useIndex((state) => state.cancel);
  const busy = useIndex((state) => state.busy);
  const isScanning = host.index.state === "scanning";
  return (
    <div>
      <Button size="small" disabled={busy !== null} onClick={() => void (isScanning ? cancel() : scan())}>
        {isScanning ? "Cancel" : busy === "scan" ? "Asking…" : "Look again now"}
      </Button>
    </div>
  );
}

function ExtraRoots({ roots }: { readonly roots: readonly string[] }) {
  const change = useSettings((state) => state.change);
  const isChanging = useSettings((state) => state.isChanging);
  const [path, setPath] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const add = async (): Promise<void> => {
    const found = rootProblem(path, roots);
    setProblem(found);
    if (found === null && (await change({ extraRoots: [...roots, path.trim()] }))) setPath("");
  };
  return (
    <div className="flex flex-col gap-1.5">
      {roots.length > 0 && (
        <ul aria-label="Further folders" className="flex flex-col gap-1">
          {roots.map((root) => (
            <li key={root} className="flex items-center gap-2 rounded-md bg-sunken py-0.5 pr-0.5 pl-2">
              <span className="min-w-0 grow font-mono text-xs break-all">{visibleText(root)}</span>
              <Button
                look="quiet"
                size="small"
                disabled={isChanging}
                aria-label={`Remove ${root}`}
                onClick={() => void change({ extraRoots: roots.filter((other) => other !== root) })}
              >
                <X aria-hidden className="size-3.5" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        className="flex items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <div className="min-w-0 grow">
          <Field
            label="Further configuration folder"
            hint="A folder that holds “projects”, beside those that Claude Code uses by itself."
            error={problem ?? undefined}
          >
            {(ids) => (
              <input
                {...ids}
                value={path}
                onChange={(event) => {
                  setPath(event.target.value);
                  setProblem(null);
                }}
                placeholder="/mnt/backup/.claude"
                className={`${lineControlClass} font-mono`}
                spellCheck={false}
              />
            )}
          </Field>
        </div>
        <Button type="submit" className="mt-5.5" disabled={isChanging}>
          {isChanging ? "Setting…" : "Add"}
        </Button>
      </form>
    </div>
  );
}

function SearchSwitch({ isOn, host }: { readonly isOn: boolean; readonly host: HostInfo }) {
  const change = useSettings((state) => state.change);
  const isChanging = useSettings((state) => state.isChanging);
  return (
    <label className="flex items-start gap-2">
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-(--accent)"
        checked={isOn}
        disabled={isChanging}
        onChange={(event) => void change({ searchEnabled: event.target.checked })}
      />
      <span>
        Search the text of all sessions
        <span className="block text-xs text-dim">{searchSentence(host.search)}</span>
      </span>
    </label>
  );
}
