/** The code that tasks read and change, by the language of their file. */
import type { Random } from "../../bench/corpus/random.ts";
import type { ShopTask } from "./shopTasks.ts";

export interface CodeChange {
  readonly before: string;
  readonly after: string;
}

type Template = (symbol: string) => CodeChange;

const scripts: readonly Template[] = [
  (symbol) => ({
    before: `export function ${symbol}(lines) {\n  return lines.map((line) => line.value);\n}`,
    after: `export function ${symbol}(lines) {\n  const known = lines.filter(({ value }) => value !== null);\n  return known.map(({ value }) => value);\n}`,
  }),
  (symbol) => ({
    before: `  const result = await ${symbol}(order);\n  return result;`,
    after: `  const result = await ${symbol}(order, { signal });\n  if (result === null) throw new NotFound("order", order.id);\n  return result;`,
  }),
  (symbol) => ({
    before: `export function ${symbol}(state) {\n  state.updated = Date.now();\n  return state;\n}`,
    after: `export function ${symbol}(state, now) {\n  return { ...state, updated: now };\n}`,
  }),
  (symbol) => ({
    before: `export const ${symbol} = (input) => input.trim().toLowerCase();`,
    after: `/** Compared as people write it: without case, without accents. */\nexport const ${symbol} = (input) =>\n  input.trim().normalize("NFD").replace(/\\p{M}/gu, "").toLowerCase();`,
  }),
  (symbol) => ({
    before: `  for (const entry of entries) {\n    await ${symbol}(entry);\n  }`,
    after: `  // Eight at a time: the database has ten connections.\n  await inBatches(entries, 8, (entry) => ${symbol}(entry));`,
  }),
];

const settings: readonly Template[] = [
  (symbol) => ({
    before: `${symbol}:\n  enabled: false`,
    after: `${symbol}:\n  enabled: true\n  timeout: 30s\n  retries: 3`,
  }),
  (symbol) => ({ before: `${symbol}: default`, after: `${symbol}:\n  group: shop\n  keep: 14d` }),
];

const terraform: readonly Template[] = [
  (symbol) => ({
    before: `  ${symbol} = var.${symbol}`,
    after: `  ${symbol} = 14\n  tags = { owner = "shop", reviewed = "yes" }`,
  }),
];

const styles: readonly Template[] = [
  (symbol) => ({
    before: `.${symbol} .price { color: #777; float: left }`,
    after: `.${symbol} .price {\n  color: var(--ink-dim);\n}`,
  }),
];

export function changeOf(random: Random, { file, symbol }: ShopTask): CodeChange {
  if (/\.ya?ml$/u.test(file)) return random.pick(settings)(symbol);
  if (file.endsWith(".tf")) return random.pick(terraform)(symbol);
  if (file.endsWith(".css")) return random.pick(styles)(symbol);
  return random.pick(scripts)(symbol);
}

/** A file as it was before anything was changed. */
export function contentOf(random: Random, task: ShopTask): string {
  const parts = Array.from({ length: 3 }, () => changeOf(random, task).before);
  return `${[...new Set(parts)].join("\n\n")}\n`;
}

/** The file that tests a file. */
export function testOf(file: string): string {
  const name = file.split("/").at(-1) ?? file;
  const [stem = name] = name.split(".");
  return `test/${stem}.test.js`;
}

export function testText({ symbol, file }: ShopTask): string {
  return [
    `import assert from "node:assert/strict";`,
    `import { test } from "node:test";`,
    `import { ${symbol} } from "../${file}";`,
    "",
    `test("${symbol}: nothing in, nothing out", () => {`,
    `  assert.deepEqual(${symbol}([]), []);`,
    "});",
    "",
    `test("${symbol}: the case that was reported", () => {`,
    `  assert.deepEqual(${symbol}([{ value: null }, { value: 3 }]), [3]);`,
    "});",
    "",
  ].join("\n");
}
