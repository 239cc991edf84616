import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { controlClass } from "../../components/controls.ts";
import { useSearch } from "../useStores.ts";

/** The longest query that the host takes. */
const MAX_QUERY_CHARS = 400;

/** Where the words are typed; it has the keyboard as soon as the page is shown. Arrow down goes to the hits. */
export function SearchBox({ onDown }: { readonly onDown: () => void }) {
  const query = useSearch((state) => state.query);
  const { setQuery, run } = useSearch((state) => state);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") onDown();
    else if (event.key === "Enter") void run(true);
    else if (event.key === "Escape" && query === "") input.current?.blur();
    else return;
    event.preventDefault();
  };
  return (
    <div className="relative">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-dim" />
      <input
        ref={input}
        type="search"
        value={query}
        maxLength={MAX_QUERY_CHARS}
        spellCheck={false}
        autoComplete="off"
        aria-label="Search all sessions"
        placeholder='Words that were said, or a "phrase"'
        className={`${controlClass} h-8 pr-2 pl-8 text-sm`}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
