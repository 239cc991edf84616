import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPrices } from "../../../../../../electron/engine/ledger/pricing/openPrices.ts";
import { createPriceBook } from "../../../../../../electron/engine/ledger/pricing/priceBook.ts";
import type { Prices, PriceState } from "../../../../../../electron/engine/ledger/pricing/openPrices.ts";

const MODEL = "claude-opus-5-5";
const TOO_LARGE = " ".repeat(1024 * 1024 + 1);
let folder: string;
let file: string;
let kept: string;
let prices: Prices | null;
let warnings: readonly string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-prices-"));
  file = join(folder, "prices.json");
  kept = join(folder, "prices.last-good.json");
  prices = null;
  warnings = [];
});

afterEach(async () => {
  await prices?.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function opened(path = file): Promise<Prices> {
  const log = {
    info: () => undefined,
    error: () => undefined,
    warn: (_detail: object, message: string) => void (warnings = [...warnings, message]),
  };
  prices = await openPrices({ userFile: path, keptFile: kept, log });
  return prices;
}

function priced(input: number): string {
  const rates = { input, output: 1, cacheRead: 1, cacheWrite5m: 1, cacheWrite1h: 1 };
  return JSON.stringify({ asOf: "2026-11-20", prices: [{ models: [MODEL], rates }] });
}

function nextState(from: Prices): Promise<PriceState> {
  return new Promise((resolve) => {
    const end = from.onChange((state) => {
      end();
      resolve(state);
    });
  });
}

function told({ userSheet, problem }: PriceState): unknown {
  const price = createPriceBook(userSheet).find(MODEL, null);
  return [price?.source, price?.rates.input, problem === null ? null : (problem.line ?? "whole file")];
}

test("without a file the app's own prices hold", async () => {
  expect(told((await opened()).state())).toEqual(["overlay", 4, null]);
});

test("a file in a folder that is not there yet is seen when it comes", async () => {
  const path = join(folder, "not", "yet", "prices.json");
  const open = await opened(path);
  const changed = nextState(open);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, priced(7));
  expect(told(await changed)).toEqual(["user", 7, null]);
});

test("a change is taken over, a mistake is told and the prices before it kept, its repair and its removal are seen", async () => {
  await writeFile(file, priced(1));
  const open = await opened();
  const seen = [told(open.state())];
  for (const change of [
    () => writeFile(file, priced(2)),
    () => writeFile(file, '{\n"asOf": "2026-11-20",\n"prices": 3 }'),
    // As before the mistake: still a change, since the problem is gone.
    () => writeFile(file, priced(2)),
    () => writeFile(file, TOO_LARGE),
    () => writeFile(file, priced(2)),
    () => writeFile(join(folder, "new"), priced(3)).then(() => rename(join(folder, "new"), file)),
    () => rm(file),
  ]) {
    const changed = nextState(open);
    await change();
    seen.push(told(await changed));
  }
  expect(seen).toEqual([
    ["user", 1, null],
    ["user", 2, null],
    ["user", 2, 3],
    ["user", 2, null],
    ["user", 2, "whole file"],
    ["user", 2, null],
    ["user", 3, null],
    ["overlay", 4, null],
  ]);
  expect(warnings).toEqual(["The price file is not used", "The price file is not used"]);
});

test("a file that was never right leaves the app's own prices", async () => {
  await writeFile(file, "{");
  expect(told((await opened()).state())).toEqual(["overlay", 4, 1]);
});

const BROKEN = '{\n"asOf": "2026-11-20",\n"prices": 3 }';

/** Ends what is open, changes the file as `act` does, and begins anew. */
async function reopened(act: () => Promise<unknown>): Promise<Prices> {
  await prices?.dispose();
  await act();
  return opened();
}

test("a file with a mistake at the start leaves the prices before it in use, and is named by its line", async () => {
  await writeFile(file, priced(2));
  await opened();
  expect(await readFile(kept, "utf8")).toBe(priced(2));
  expect((await stat(kept)).mode & 0o777).toBe(0o600);
  const seen = [
    told((await reopened(() => writeFile(file, BROKEN))).state()),
    told((await reopened(() => Promise.resolve())).state()),
    told((await reopened(() => writeFile(file, TOO_LARGE))).state()),
    told((await reopened(() => writeFile(file, priced(3)))).state()),
    told((await reopened(() => writeFile(file, BROKEN))).state()),
  ];
  expect(seen).toEqual([
    ["user", 2, 3],
    ["user", 2, 3],
    ["user", 2, "whole file"],
    ["user", 3, null],
    ["user", 3, 3],
  ]);
  expect((await readdir(folder)).toSorted()).toEqual(["prices.json", "prices.last-good.json"]);
});

test("such a file is repaired, or removed, while the host runs", async () => {
  await writeFile(file, priced(2));
  await opened();
  let open = await reopened(() => writeFile(file, BROKEN));
  let changed = nextState(open);
  await writeFile(file, priced(2));
  expect(told(await changed)).toEqual(["user", 2, null]);
  open = await reopened(() => writeFile(file, BROKEN));
  changed = nextState(open);
  await rm(file);
  expect(told(await changed)).toEqual(["overlay", 4, null]);
  expect(await readdir(folder)).toEqual([]);
});

test("a file that was removed while no host ran ends the user's prices for good", async () => {
  await writeFile(file, priced(2));
  await opened();
  expect(told((await reopened(() => rm(file))).state())).toEqual(["overlay", 4, null]);
  expect(told((await reopened(() => writeFile(file, BROKEN))).state())).toEqual(["overlay", 4, 3]);
});

test("a copy that cannot be used is told of as long as it matters", async () => {
  await writeFile(file, priced(2));
  await opened();
  const open = await reopened(() => Promise.all([writeFile(file, BROKEN), writeFile(kept, "{")]));
  expect(told(open.state())).toEqual(["overlay", 4, 3]);
  expect(open.state().keptProblem).toMatch(/^This is not JSON/u);
  const changed = nextState(open);
  await writeFile(file, priced(5));
  expect([told(await changed), open.state().keptProblem]).toEqual([["user", 5, null], null]);
  expect(await readFile(kept, "utf8")).toBe(priced(5));
});

test("where the prices in use cannot be kept, none before them pass for them", async () => {
  await writeFile(file, priced(2));
  await opened();
  // What stands in the way of the draft that is put in the copy's place.
  const draft = `${kept}.${process.pid}.draft`;
  const open = await reopened(() => Promise.all([mkdir(draft), writeFile(file, priced(3))]));
  expect(told(open.state())).toEqual(["user", 3, null]);
  expect(warnings).toEqual(["The prices in use are not kept for a start with a mistake"]);
  await rm(draft, { recursive: true });
  expect(told((await reopened(() => writeFile(file, BROKEN))).state())).toEqual(["overlay", 4, 3]);
});

test("a file beyond all measure is not read", async () => {
  await writeFile(file, TOO_LARGE);
  expect((await opened()).state().problem).toEqual({ line: null, message: "The file is larger than 1 MiB." });
});

test("a folder in the place of the file is a problem, not a crash", async () => {
  await mkdir(file);
  expect((await opened()).state().problem).toEqual({ line: null, message: "This is not a file." });
});

test("after dispose nobody is told anything", async () => {
  const open = await opened();
  const states: PriceState[] = [];
  open.onChange((state) => states.push(state));
  await open.dispose();
  await writeFile(file, priced(5));
  const second = await openPrices({
    userFile: file,
    keptFile: kept,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const changed = nextState(second);
  await writeFile(file, priced(6));
  await changed;
  await second.dispose();
  expect(states).toEqual([]);
});
