/**
 * `npm run bench [name ...] [--large]`: measures all figures, or the named ones; `--large` measures those that have a
 * large case (`first_index`: 8 GB) with it, which takes minutes and as much room on disk. Stdout gets one JSON object a line,
 * `{bench, what, unit, n, p50, p99, …, limit, met, load, machine}`; stderr tells how far it is.
 * `load` is the machine's load average before the figure began: with more than a fraction of a processor in use by
 * others, times say little. `NODE_OPTIONS="--cpu-prof --cpu-prof-dir=<dir>"` profiles the host and its children too.
 * Exits with 0 whatever was measured, since times depend on the machine; with 1 when a figure could not be measured.
 */
import { cpus, loadavg, release, type } from "node:os";
import { ensureBuilt } from "../../electron/launch/ensureBuilt.ts";
import type { Figure } from "./figure.ts";
import { appendToChange } from "./figures/appendToChange.ts";
import { askRoundtrip } from "./figures/askRoundtrip.ts";
import { charts } from "./figures/charts.ts";
import { eventPath } from "./figures/eventPath.ts";
import { firstIndex } from "./figures/firstIndex.ts";
import { flood } from "./figures/flood.ts";
import { inject } from "./figures/inject.ts";
import { ledger } from "./figures/ledger.ts";
import { ledgerLive } from "./figures/ledgerLive.ts";
import { observed } from "./figures/observed.ts";
import { openEnd } from "./figures/openEnd.ts";
import { renderFrames } from "./figures/renderFrames.ts";
import { search } from "./figures/search.ts";
import { sessionList } from "./figures/sessionList.ts";
import { startOverhead } from "./figures/startOverhead.ts";
import { type FigureResult, meetsLimits, rounded } from "./measure.ts";

const figures: Readonly<Record<string, Figure>> = {
  inject,
  event_path: eventPath,
  flood,
  start_overhead: startOverhead,
  ask_roundtrip: askRoundtrip,
  render: renderFrames,
  first_index: firstIndex,
  append_to_change: appendToChange,
  observed,
  open_end: openEnd,
  session_list: sessionList,
  search,
  ledger,
  ledger_live: ledgerLive,
  charts,
};

const LARGE = "--large";

process.exitCode = (await ensureBuilt(["renderer", "electron"])) ? await measureAll(process.argv.slice(2)) : 1;

async function measureAll(args: readonly string[]): Promise<number> {
  const asked = args.filter((name) => name !== LARGE);
  const unknown = asked.filter((name) => !Object.hasOwn(figures, name));
  if (unknown.length > 0) {
    tell(`There is no figure ${unknown.join(", ")}. There are: ${Object.keys(figures).join(", ")}.`);
    return 1;
  }
  let failures = 0;
  for (const [name, figure] of Object.entries(figures)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    const measured = await measure(name, figure, args.includes(LARGE));
    if (!measured) failures += 1;
  }
  return failures === 0 ? 0 : 1;
}

async function measure(name: string, figure: Figure, isLarge: boolean): Promise<boolean> {
  const progress = (words: string): void => tell(`${name}: ${words}`);
  progress("begins");
  // Before the figure makes load of its own: what it has to share the machine with.
  const load = rounded(loadavg()[0] ?? 0);
  try {
    await figure({ progress, isLarge, report: (result) => print(name, result, load) });
    return true;
  } catch (error) {
    progress(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return false;
  }
}

function print(bench: string, result: FigureResult, load: number): void {
  const { limit, ...measured } = result;
  const judged = { bench, ...measured, limit, met: meetsLimits(result), load, machine: machineName() };
  process.stdout.write(`${JSON.stringify(judged)}\n`);
}

function machineName(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? "unknown processor";
  return `${processors.length} × ${model}, ${type()} ${release()}, Node ${process.versions.node}`;
}

function tell(words: string): void {
  process.stderr.write(`${words}\n`);
}
