/**
 * Keeps what is compiled for the next start, from the first module on that has types: stripping those would load a compiler
 * that takes 7 MB as long as the host runs.
 */
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/compile", import.meta.url)));
await import("./serve.ts");
