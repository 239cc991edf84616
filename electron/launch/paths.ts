import { fileURLToPath } from "node:url";

/** The directory of package.json, with a separator at the end. */
export const projectRoot = fileURLToPath(new URL("../../", import.meta.url));
