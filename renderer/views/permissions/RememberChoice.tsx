import type { Permission, Remember } from "../../../shared/model/permission.ts";
import { rememberSchema } from "../../../shared/model/permission.ts";
import { rememberedSuggestions } from "../../../shared/state/rememberedSuggestions.ts";
import { lineControlClass } from "../../components/controls.ts";
import { cn } from "../../components/cn.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";

const scopeWords: Readonly<Record<Remember, string>> = {
  once: "Only this once",
  session: "For this session",
  project: "For this project",
  user: "For all my projects",
};

/** How long an allow holds, and in words what would be remembered, before it is sent. */
export function RememberChoice(props: {
  readonly permission: Permission;
  readonly remember: Remember;
  readonly onChange: (remember: Remember) => void;
}) {
  const { permission, remember, onChange } = props;
  const isOffered = (scope: Remember): boolean =>
    scope === "once" || rememberedSuggestions(permission.suggestions, scope).length > 0;
  return (
    <div className="flex flex-col gap-1">
      <label className="flex items-center gap-2 text-xs text-dim">
        Allow
        <select
          value={remember}
          className={cn(lineControlClass, "w-auto")}
          onChange={(event) => {
            const parsed = rememberSchema.safeParse(event.target.value);
            if (parsed.success) onChange(parsed.data);
          }}
        >
          {rememberSchema.options.filter(isOffered).map((scope) => (
            <option key={scope} value={scope}>
              {scopeWords[scope]}
            </option>
          ))}
        </select>
      </label>
      {remember !== "once" && (
        <div role="status" className="rounded-md bg-accent-soft px-2.5 py-1.5 text-xs">
          <p className="font-medium">Will be remembered {scopeWords[remember].toLowerCase()}:</p>
          <ul className="list-disc pl-4">
            {rememberedSuggestions(permission.suggestions, remember).map((suggestion) => (
              <li key={suggestion.words} className="wrap-anywhere">
                {visibleText(suggestion.words)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
