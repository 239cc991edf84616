/**
 * `npm run serve`: the headless host in this very process, so that its pid is the host's and signals reach it.
 * Arguments are the headless host's own. Nothing but the host writes to stdout.
 */
import { ensureBuilt } from "./ensureBuilt.ts";
import { endWithNpm } from "./watchParent.ts";

endWithNpm();

if (await ensureBuilt(["renderer"])) await import("../headless.ts");
else process.exitCode = 1;
