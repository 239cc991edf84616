import { ensureBuilt } from "../../electron/launch/ensureBuilt.ts";

/** Runs once before all tests: builds the page when it is missing or older than its sources. */
// oxlint-disable-next-line import/no-default-export -- Playwright calls the default export
export default async function ensureRenderer(): Promise<void> {
  if (!(await ensureBuilt(["renderer"]))) throw new Error("The renderer could not be built; see above.");
}
