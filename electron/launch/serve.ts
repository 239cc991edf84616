/**
 * `npm run serve`: the headless host in this very process, so that its pid is the host's and signals reach it.
 * Arguments are the headless host's own. Nothing but the host writes to stdout.
 */
import { ensureBuilt } from "./ensureBuilt.ts";
import { watchParent } from "./watchParent.ts";

const isStartedByScript =
  process.env["npm_lifecycle_event"] !== undefined || process.env["SWITCHBOARD_EXIT_WITH_PARENT"] === "1";
if (isStartedByScript) watchParent(() => process.kill(process.pid, "SIGTERM"));

if (await ensureBuilt(["renderer"])) await import("../headless.ts");
else process.exitCode = 1;
