/** What `npm start` and `npm run dev` are told. Pure. */
import { parseArgs } from "node:util";

export interface StartArguments {
  /** False with `--no-open`: the address is printed, nothing is opened. */
  readonly open: boolean;
  /** True with `--browser`: the browser even where Electron could run. */
  readonly browser: boolean;
  readonly port: string | null;
  readonly dataDir: string | null;
}

/** @throws TypeError for an argument that is not known, with its name in the message. */
export function readStartArguments(args: readonly string[]): StartArguments {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      open: { type: "boolean", default: true },
      browser: { type: "boolean", default: false },
      port: { type: "string" },
      "data-dir": { type: "string" },
    },
  });
  return {
    open: values.open,
    browser: values.browser,
    port: values.port ?? null,
    dataDir: values["data-dir"] ?? null,
  };
}

/** The same for the headless host. */
export function hostArgumentsOf({ port, dataDir }: StartArguments): readonly string[] {
  return [...(port === null ? [] : ["--port", port]), ...(dataDir === null ? [] : ["--data-dir", dataDir])];
}

/** The same for Electron; a port means nothing to it. `app` is the directory of package.json. */
export function electronArgumentsOf({ dataDir }: StartArguments, app: string): readonly string[] {
  return [app, ...(dataDir === null ? [] : [`--data-dir=${dataDir}`])];
}
