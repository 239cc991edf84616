import type { JsonObject } from "../../../shared/model/json.ts";
import type { Permission } from "../../../shared/model/permission.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { DiffView } from "../transcript/DiffView.tsx";
import { fileChange } from "../../../shared/text/fileChange.ts";
import { JsonView } from "../transcript/JsonView.tsx";
import { ShellCommand } from "./ShellCommand.tsx";

/** A tool's input as what it is: a command, a diff, or readable JSON. */
export function InputView({ permission, input }: { readonly permission: Permission; readonly input: JsonObject }) {
  const { command, description } = input;
  if (permission.toolName === "Bash" && typeof command === "string") {
    return (
      <ShellCommand
        command={command}
        directory={permission.projectPath}
        description={typeof description === "string" ? description : permission.description}
      />
    );
  }
  const change = fileChange(permission.toolName, input);
  if (change !== null) return <DiffView change={change} />;
  return (
    <div>
      {permission.description !== null && <p className="mb-1 text-dim">{visibleText(permission.description)}</p>}
      <div
        className="max-h-80 overflow-auto rounded-md border border-line px-2.5 py-2"
        tabIndex={0}
        role="region"
        aria-label="Input"
      >
        <JsonView value={input} />
      </div>
    </div>
  );
}
