/** How much of the largest one something is, as a thin bar; the number stands beside it. */
export function ShareBar({ share, color = "var(--series-1)" }: { readonly share: number; readonly color?: string }) {
  const percent = Math.max(0, Math.min(1, share)) * 100;
  return (
    <span aria-hidden className="block h-1.5 overflow-hidden rounded-full bg-sunken">
      <span
        className="block h-full rounded-full"
        style={{ width: `${percent}%`, minWidth: percent > 0 ? 2 : 0, background: color }}
      />
    </span>
  );
}
