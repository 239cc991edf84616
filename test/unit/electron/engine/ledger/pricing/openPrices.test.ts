import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openPrices } from "../../../../../../electron/engine/ledger/pricing/openPrices.ts";
import { createPriceBook } from "../../../../../../electron/engine/ledger/pricing/priceBook.ts";
import type { Prices, PriceState } from "../../../../../../electron/engine/ledger/pricing/openPrices.ts";

const MODEL = "claude-opus-5-5";
const TOO_LARGE = " ".repeat(1024 * 1024 + 1);
let folder: string;
let file: string;
let prices: Prices | null;
let warnings: readonly string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-prices-"));
  file = join(folder, "prices.json");
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
  prices = await openPrices({ userFile: path, log });
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

test("a file with a mistake at the start leaves the app's own prices", async () => {
  await writeFile(file, "{");
  expect(told((await opened()).state())).toEqual(["overlay", 4, 1]);
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
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const changed = nextState(second);
  await writeFile(file, priced(6));
  await changed;
  await second.dispose();
  expect(states).toEqual([]);
});
