import type { FigureResult } from "./measure.ts";

/** What a figure may use while it runs. */
export type FigureRun = {
  /** Prints one result. */
  readonly report: (result: FigureResult) => void;
  /** Tells a person that something happens. */
  readonly progress: (words: string) => void;
  /** True when the large case is asked for, where a figure has one. */
  readonly isLarge: boolean;
};

/** Measures something and reports one result or more. @throws Error when it cannot be measured. */
export type Figure = (run: FigureRun) => Promise<void>;
