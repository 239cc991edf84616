import type { IndexState } from "../../../shared/model/host.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { formatCount } from "../../components/formats.ts";

/** The folders and files that the system does not let be read, with the reasons; nothing while there are none. */
export function UnreadFiles({ unread: { count, first } }: { readonly unread: IndexState["unread"] }) {
  if (count === 0) return null;
  const more = count - first.length;
  return (
    <div className="rounded-md bg-warn-soft p-2 text-xs">
      <p className="font-medium">
        {count === 1 ? "One could not be read:" : `${formatCount(count)} could not be read:`}
      </p>
      <ul aria-label="Files that could not be read" className="mt-1 flex max-h-40 flex-col gap-1 overflow-y-auto">
        {first.map(({ path, reason }) => (
          <li key={path}>
            <span className="font-mono break-all">{visibleText(path)}</span>: {reason}
          </li>
        ))}
      </ul>
      {more > 0 && <p className="mt-1">and {formatCount(more)} more.</p>}
    </div>
  );
}
