import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the built page is, seen from an entry file: `electron/headless.ts`, or its build in `dist/electron`. */
export function rendererDirectory(entryUrl: string): string {
  const entry = fileURLToPath(entryUrl);
  const isSource = entry.endsWith(".ts");
  return join(dirname(entry), "..", ...(isSource ? ["dist", "renderer"] : ["renderer"]));
}
