/** How far the keys move: one mark, and what lies beside it the other way. */
export interface MarkSteps {
  readonly horizontal: number;
  readonly vertical: number;
}

/**
 * The mark that a key leads to; null where the key moves nothing. Marks are in reading order; with columns alone a step
 * up or down is the same as one to the side.
 */
export function nextMark(key: string, at: number, count: number, steps: MarkSteps): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowRight: at + steps.horizontal,
    ArrowLeft: at - steps.horizontal,
    ArrowDown: at + steps.vertical,
    ArrowUp: at - steps.vertical,
    Home: 0,
    End: count - 1,
  };
  const target = moves[key];
  if (target === undefined || target === at) return null;
  return target < 0 || target >= count ? null : target;
}
