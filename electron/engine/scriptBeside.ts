import { fileURLToPath } from "node:url";

/**
 * The path of a script that is started as a thread or process of its own: source and build keep it beside the module that
 * starts it, with the extension of either. `moduleUrl` is that module's `import.meta.url`, `name` has no extension.
 */
export function scriptBeside(moduleUrl: string, name: string): string {
  const extension = moduleUrl.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`./${name}.${extension}`, moduleUrl));
}
