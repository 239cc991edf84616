/**
 * `npm run serve`: the headless host in this very process, so that its pid is the host's and signals reach it.
 * Arguments are the headless host's own. Nothing but the host writes to stdout. `serve.mjs` is what Node is started with.
 */
import { ensureBuilt } from "./ensureBuilt.ts";
import { builtHost } from "./paths.ts";
import { endWithNpm } from "./watchParent.ts";

endWithNpm();

// A development server shows the page from its source, which may well not build for a while, and follows the host's.
const isFromSource = process.env["SWITCHBOARD_SKIP_BUILD"] === "1";
if (isFromSource) await import("../headless.ts");
// What is built starts faster and takes less memory: its modules are few, and nothing strips their types.
else if (await ensureBuilt(["renderer", "electron"])) await import(builtHost);
else process.exitCode = 1;
