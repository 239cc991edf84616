import { FolderOpen } from "lucide-react";
import { useEffect, useId } from "react";
import { Button } from "../../components/Button.tsx";
import { lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import { desktopBridge } from "../desktopBridge.ts";
import { useStartOptions } from "../useStores.ts";
import { parentToList } from "./parentToList.ts";

/** Recent projects that are offered as buttons; the rest is in the completions. */
const RECENT_BUTTONS = 6;

/** The working directory: typed with completion, taken from the recent projects, or chosen in the system's dialog. */
export function DirectoryField(props: {
  readonly cwd: string;
  readonly error: string | undefined;
  readonly onCwd: (cwd: string) => void;
}) {
  const { cwd, error, onCwd } = props;
  const listId = useId();
  const allProjects = useStartOptions((state) => state.projects);
  const projects = allProjects.filter(({ isGone }) => !isGone);
  const listing = useStartOptions((state) => state.listing);
  const problem = useStartOptions((state) => state.problem);
  const { loadProjects, listDirectories } = useStartOptions((state) => state);
  const parent = parentToList(cwd);
  useEffect(() => void loadProjects(), [loadProjects]);
  useEffect(() => void listDirectories(parent), [listDirectories, parent]);
  const completions = new Set([...projects.map((project) => project.projectPath), ...(listing?.directories ?? [])]);
  const hint = problem ?? "An absolute path. Type / to go deeper.";
  return (
    <div className="flex flex-col gap-1.5">
      <Field label="Directory" error={error} hint={hint}>
        {(ids) => (
          <div className="flex gap-1.5">
            <input
              {...ids}
              autoFocus
              required
              autoComplete="off"
              spellCheck={false}
              list={listId}
              placeholder="/path/to/project"
              value={cwd}
              onChange={(event) => onCwd(event.target.value)}
              className={`${lineControlClass} font-mono`}
            />
            <NativeChooser onCwd={onCwd} />
          </div>
        )}
      </Field>
      <datalist id={listId}>
        {[...completions].map((path) => (
          <option key={path} value={path}>
            {path}
          </option>
        ))}
      </datalist>
      {projects.length > 0 && (
        <div className="flex flex-wrap gap-1" role="group" aria-label="Recent projects">
          {projects.slice(0, RECENT_BUTTONS).map((project) => (
            <Button
              key={project.projectPath}
              size="small"
              aria-pressed={cwd === project.projectPath}
              className={cwd === project.projectPath ? "border-accent bg-accent-soft" : ""}
              title={project.projectPath}
              onClick={() => onCwd(project.projectPath)}
            >
              {project.name}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function NativeChooser({ onCwd }: { readonly onCwd: (cwd: string) => void }) {
  const bridge = desktopBridge();
  if (bridge === null) return null;
  const choose = async (): Promise<void> => {
    const chosen = await bridge.shell.chooseDirectory();
    if (chosen !== null) onCwd(chosen);
  };
  return (
    <Button onClick={() => void choose()}>
      <FolderOpen aria-hidden className="size-4" />
      Choose…
    </Button>
  );
}
