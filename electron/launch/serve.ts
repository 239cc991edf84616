/**
 * `npm run serve`: the headless host in this very process, so that its pid is the host's and signals reach it.
 * Arguments are the headless host's own. Nothing but the host writes to stdout.
 */
import { enableCompileCache } from "node:module";
import { ensureBuilt } from "./ensureBuilt.ts";
import { COMPILE_CACHE } from "./paths.ts";
import { endWithNpm } from "./watchParent.ts";

endWithNpm();
// What the host and its threads load from source is compiled once and not at every start: it saves memory, too.
enableCompileCache(COMPILE_CACHE);

// A development server shows the page from its source, which may well not build for a while.
const isBuilt = process.env["SWITCHBOARD_SKIP_BUILD"] === "1" || (await ensureBuilt(["renderer"]));
if (isBuilt) await import("../headless.ts");
else process.exitCode = 1;
