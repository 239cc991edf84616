import type { ExportFormat } from "../../stores/exportStore.ts";

/** The files that a session can be written out as. */
export const exportFormats: readonly { readonly format: ExportFormat; readonly words: string }[] = [
  { format: "markdown", words: "Export as Markdown" },
  { format: "html", words: "Export as HTML page" },
  { format: "json", words: "Export as JSON" },
];

/** Bytes as megabytes with one place. */
export function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
