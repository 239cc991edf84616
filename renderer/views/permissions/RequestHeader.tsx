import type { Permission } from "../../../shared/model/permission.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useSessions, useUi } from "../useStores.ts";
import { permissionTitle } from "./permissionTitle.ts";

/** What is asked, by which session, since when. */
export function RequestHeader({ permission, titleId }: { readonly permission: Permission; readonly titleId: string }) {
  const sessionTitle = useSessions((state) => state.byId[permission.sessionId]?.title ?? null);
  const chooseSession = useUi((state) => state.chooseSession);
  return (
    <header className="flex items-start gap-2">
      <div className="min-w-0 grow">
        <h3 id={titleId} className="font-semibold">
          {permissionTitle(permission)}
        </h3>
        <button
          type="button"
          title="Show this session"
          className="block max-w-full truncate text-left text-xs text-dim underline-offset-2 hover:text-ink hover:underline"
          onClick={() => chooseSession(permission.sessionId)}
        >
          {visibleText(sessionTitle ?? permission.projectPath)}
        </button>
      </div>
      {permission.origin === "hook" && (
        <span className="shrink-0 rounded bg-sunken px-1.5 text-[11px] leading-4.5 text-dim">observed session</span>
      )}
      <RelativeTime at={permission.requestedAt} className="shrink-0 text-xs text-dim" />
    </header>
  );
}
