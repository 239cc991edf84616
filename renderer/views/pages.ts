import type { Page } from "../stores/uiStore.ts";

/** The pages of the window as they are offered: in the top bar, the palette and by keys. */
export const pages: readonly {
  readonly page: Page;
  readonly label: string;
  readonly keys: readonly string[];
  /** More words that find it in the palette. */
  readonly keywords: readonly string[];
}[] = [
  { page: "sessions", label: "Sessions", keys: ["G", "L"], keywords: ["page", "list"] },
  { page: "search", label: "Search", keys: ["G", "F"], keywords: ["page", "find", "full text", "transcripts"] },
  {
    page: "costs",
    label: "Costs",
    keys: ["G", "C"],
    keywords: ["page", "money", "dollars", "tokens", "spent", "ledger"],
  },
  { page: "processes", label: "Processes", keys: ["G", "P"], keywords: ["page", "running", "pid", "stop"] },
];
