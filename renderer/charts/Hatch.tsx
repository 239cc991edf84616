/** Pixels between two lines. */
const STEP_PX = 5;

/** Slanted lines to fill a mark with, as `url(#id)`: what is not all there, or not known. */
export function Hatch({ id, color }: { readonly id: string; readonly color: string }) {
  return (
    <pattern id={id} width={STEP_PX} height={STEP_PX} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line x1={0} x2={0} y1={0} y2={STEP_PX} stroke={color} strokeWidth={STEP_PX / 2} />
    </pattern>
  );
}
