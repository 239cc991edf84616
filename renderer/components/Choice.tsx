import { cn } from "./cn.ts";
import { lineControlClass } from "./controls.ts";

/** One choice of a few; marked while it is not the first one, where `marks` says that this narrows what is shown. */
export function Choice<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly marks?: boolean;
  readonly onValue: (value: Value) => void;
}) {
  const { label, value, options, marks = false, onValue } = props;
  const isMarked = marks && value !== options[0]?.[0];
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => {
        const chosen = options.find(([option]) => option === target.value);
        if (chosen !== undefined) onValue(chosen[0]);
      }}
      className={cn(lineControlClass, "w-auto max-w-44", isMarked && "border-accent bg-accent-soft")}
    >
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  );
}
