import { formatAge, formatExact } from "./formats.ts";
import { useNow } from "./useNow.ts";

/** How long ago something was; the exact time shows on hover. `at` is ISO 8601. */
export function RelativeTime({ at, className }: { readonly at: string; readonly className?: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={formatExact(at)} className={className}>
      {formatAge(Date.parse(at), now)}
    </time>
  );
}
