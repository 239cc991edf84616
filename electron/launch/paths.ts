import { fileURLToPath } from "node:url";

/** The directory of package.json, with a separator at the end. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));

/** The headless entry as it is built. */
export const builtHost = new URL("../../dist/electron/headless.js", import.meta.url).href;
