import { cn } from "../../components/cn.ts";

/** A few choices side by side, of which one holds. */
export function Segments<Value extends string>(props: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onValue: (value: Value) => void;
}) {
  const { label, value, options, onValue } = props;
  return (
    <div role="group" aria-label={label} className="inline-flex rounded-md border border-line-strong/60">
      {options.map(([option, words]) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === value}
          onClick={() => onValue(option)}
          className={cn(
            "h-6.5 px-2 text-xs text-dim first:rounded-l-[5px] last:rounded-r-[5px] hover:text-ink",
            option === value && "bg-accent-soft font-semibold text-ink",
          )}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
