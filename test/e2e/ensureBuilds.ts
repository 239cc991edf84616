import { ensureBuilt } from "../../electron/launch/ensureBuilt.ts";

/** Runs once before all tests: builds page and host where they are missing or older than their sources. */
// oxlint-disable-next-line import/no-default-export -- Playwright calls the default export
export default async function ensureBuilds(): Promise<void> {
  if (!(await ensureBuilt(["renderer", "electron"]))) throw new Error("A build failed; see above.");
}
