import { RadioGroup } from "radix-ui";
import { type Theme, themeSchema } from "../../stores/uiPreferences.ts";
import { useUi } from "../useStores.ts";

const themeWords: Readonly<Record<Theme, string>> = { system: "As the system", light: "Light", dark: "Dark" };

/** The window's theme. */
export function ThemeChoice() {
  const theme = useUi((state) => state.theme);
  const setPreferences = useUi((state) => state.setPreferences);
  return (
    <section className="flex flex-col gap-2">
      <h3 id="theme-heading" className="text-xs font-semibold text-dim">
        Theme
      </h3>
      <RadioGroup.Root
        aria-labelledby="theme-heading"
        value={theme}
        onValueChange={(value) => {
          const parsed = themeSchema.safeParse(value);
          if (parsed.success) setPreferences({ theme: parsed.data });
        }}
        className="flex gap-1.5"
      >
        {themeSchema.options.map((option) => (
          <RadioGroup.Item
            key={option}
            value={option}
            className="h-7 rounded-md border border-line-strong/60 px-2.5 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:font-semibold"
          >
            {themeWords[option]}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </section>
  );
}
