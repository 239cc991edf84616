import { cn } from "../components/cn.ts";
import { pages } from "./pages.ts";
import { useUi } from "./useStores.ts";

/** Leads from page to page. */
export function PageTabs() {
  const current = useUi((state) => state.page);
  const showPage = useUi((state) => state.showPage);
  return (
    <nav aria-label="Pages" className="flex min-w-0 self-stretch overflow-x-auto [scrollbar-width:none]">
      {pages.map(({ page, label, keys }) => (
        <button
          key={page}
          type="button"
          aria-current={page === current ? "page" : undefined}
          title={`${label} (${keys.join(" ")})`}
          onClick={() => showPage(page)}
          className={cn(
            "shrink-0 border-b-2 border-transparent px-2 text-dim outline-offset-[-2px] hover:text-ink max-sm:px-1",
            page === current && "border-accent font-semibold text-ink",
          )}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}
