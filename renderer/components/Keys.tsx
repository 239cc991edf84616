import { cn } from "./cn.ts";

/** The platform's command key, in its own sign. */
export const COMMAND_KEY = /Mac|iPhone|iPad/u.test(navigator.userAgent) ? "⌘" : "Ctrl";

/** For hints beside controls: gone where there is hardly a keyboard, by a coarse pointer or a narrow window. */
export const keyHintClass = "max-sm:hidden pointer-coarse:hidden";

/** A key combination as the person presses it, e.g. `["Ctrl", "K"]`. */
export function Keys({ keys, className }: { readonly keys: readonly string[]; readonly className?: string }) {
  return (
    <span className={cn("inline-flex gap-0.5", className)}>
      {keys.map((key) => (
        <kbd key={key} className="rounded border border-line bg-sunken px-1 font-sans text-[11px] text-dim">
          {key}
        </kbd>
      ))}
    </span>
  );
}
