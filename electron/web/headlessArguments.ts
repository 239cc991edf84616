import { Command, InvalidArgumentError, Option } from "commander";
import envPaths from "env-paths";

const DEFAULT_PORT = 4747;
const LAST_PORT = 65_535;
const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "silent"] as const;

/** What the headless host is told on its command line. */
export interface HeadlessArguments {
  /** 0 for any free port. */
  readonly port: number;
  readonly dataDir: string;
  /** The CLI to run; looked for when missing. */
  readonly claude?: string;
  readonly maxSessions?: number;
  /** The address to bind; loopback when missing. */
  readonly bind?: string;
  /** One line of JSON on stdout instead of words. */
  readonly json: boolean;
  /** Opens the page in the browser. */
  readonly open: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** Reads the arguments after the program's name. Prints and exits for `--help`, and for what it does not know. */
export function readHeadlessArguments(args: readonly string[]): HeadlessArguments {
  const dataDir = envPaths("switchboard", { suffix: "" }).data;
  const program = new Command("switchboard")
    .description("Runs the Switchboard host without a window; the page opens in a browser.")
    .option("--port <number>", "port to listen on, 0 for any", wholeNumber(0, LAST_PORT), DEFAULT_PORT)
    .option("--data-dir <directory>", "where the database and the tokens are kept", dataDir)
    .option("--claude <path>", "the claude executable to run")
    .option("--max-sessions <number>", "sessions that may run at a time", wholeNumber(1, 1000))
    .option("--bind <address>", "listen on this address instead of loopback; the traffic is not encrypted")
    .option("--json", 'print {"url","token","pid"} as one line when ready', false)
    .option("--open", "open the page in the browser", false)
    .addOption(new Option("--log-level <level>", "what to log on stderr").choices(LOG_LEVELS).default("warn"));
  return program.parse([...args], { from: "user" }).opts<HeadlessArguments>();
}
