/** The stage with a terminal beside it, in which a person runs `claude` as they are used to. */
import { openTerminal, type Terminal } from "../support/terminalSession.ts";
import { test as onStage } from "./stage.ts";

export const test = onStage.extend<{ terminal: Terminal }>({
  terminal: async ({ stage }, provide) => {
    const terminal = openTerminal(stage.environment);
    await provide(terminal);
    await terminal.close();
  },
});

export { hasTmux } from "../support/terminalSession.ts";
export { expect } from "./stage.ts";
