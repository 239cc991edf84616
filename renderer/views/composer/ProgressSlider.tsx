import { useId } from "react";

/** How far the reported work is, from 0 to 100 percent. */
export function ProgressSlider(props: {
  readonly progress: number;
  readonly disabled: boolean;
  readonly onProgress: (progress: number) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-xs text-dim">
        Progress
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={1}
        value={props.progress}
        disabled={props.disabled}
        aria-valuetext={`${props.progress} percent`}
        onChange={(event) => props.onProgress(event.target.valueAsNumber)}
        className="w-48 accent-(--accent)"
      />
      <output htmlFor={id} className="w-10 text-right text-xs">
        {props.progress} %
      </output>
    </div>
  );
}
