import { visibleText } from "../../../shared/text/visibleText.ts";

/** A shell command as it would run, with where and what for. All three come from the session. */
export function ShellCommand(props: {
  readonly command: string;
  readonly directory: string;
  readonly description: string | null;
}) {
  const { command, directory, description } = props;
  return (
    <div>
      {description !== null && description !== "" && <p className="mb-1 text-dim">{visibleText(description)}</p>}
      <pre
        tabIndex={0}
        aria-label="Command"
        className="max-h-64 overflow-auto rounded-md border border-line bg-sunken px-2.5 py-2 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap"
      >
        {visibleText(command)}
      </pre>
      <p className="mt-1 text-xs text-dim">
        in <span className="font-mono wrap-anywhere">{visibleText(directory)}</span>
      </p>
    </div>
  );
}
