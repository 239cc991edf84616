import { fileURLToPath } from "node:url";

/** The directory of package.json, with a separator at the end. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** Where code that was compiled once is kept; as private as the project. */
export const COMPILE_CACHE = fileURLToPath(new URL("../../node_modules/.cache/compile", import.meta.url));
