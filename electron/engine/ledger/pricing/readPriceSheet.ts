/** Reads the text of a price file, and names the first mistake by its line. */
import { listedName } from "./modelKeys.ts";
import { JsonMistake, parseLocatedJson } from "./parseLocatedJson.ts";
import type { PriceEntry, PriceSheet, PriceSource } from "./price.ts";
import { priceSheetSchema, toPriceSheet } from "./priceSheetSchema.ts";

/** Why a price file is not used. `line` counts from 1; null when the file as a whole is the matter. */
export interface PriceProblem {
  readonly line: number | null;
  readonly message: string;
}

export type PriceSheetReading =
  | { readonly kind: "sheet"; readonly sheet: PriceSheet }
  | { readonly kind: "problem"; readonly problem: PriceProblem };

export function readPriceSheet(source: PriceSource, text: string): PriceSheetReading {
  try {
    const json = parseLocatedJson(text.replace(/^\uFEFF/u, ""));
    const checked = priceSheetSchema.safeParse(json.value);
    const issue = checked.error?.issues[0];
    if (!checked.success)
      return problem(json.lineOf(placeOf(issue)), wordsFor(issue?.path ?? [], issue?.message ?? "is no price file"));
    const sheet = toPriceSheet(source, checked.data);
    const second = findOverlap(sheet.entries);
    if (second === null) return { kind: "sheet", sheet };
    return problem(json.lineOf(["prices", second.index]), second.message);
  } catch (error) {
    if (error instanceof JsonMistake) return problem(error.line, `This is not JSON: ${error.message}.`);
    throw error;
  }
}

function problem(line: number, message: string): PriceSheetReading {
  return { kind: "problem", problem: { line, message } };
}

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

/** An unknown name is a mistake of the line that it stands in, not of the object around it. */
function placeOf(issue: Issue | undefined): readonly PropertyKey[] {
  if (issue === undefined) return [];
  return [...issue.path, ...(issue.code === "unrecognized_keys" ? (issue.keys ?? []).slice(0, 1) : [])];
}

function wordsFor(path: readonly PropertyKey[], message: string): string {
  const place = path.map((step) => (typeof step === "number" ? `[${String(step)}]` : `.${String(step)}`)).join("");
  return place === "" ? message : `${place.replace(/^\./u, "")}: ${message}`;
}

/** Two entries for one model on one day would leave open which of them holds. */
function findOverlap(entries: readonly PriceEntry[]): { readonly index: number; readonly message: string } | null {
  const earlier = new Map<string, PriceEntry[]>();
  for (const [index, entry] of entries.entries()) {
    for (const model of entry.models) {
      const name = listedName(model);
      const others = earlier.get(name) ?? [];
      if (others.some((other) => overlap(other, entry)))
        return { index, message: `A price for ${model} on the same days stands further up.` };
      earlier.set(name, [...others, entry]);
    }
  }
  return null;
}

function overlap(a: PriceEntry, b: PriceEntry): boolean {
  const LATEST = "9999-12-31";
  return (a.from ?? "") <= (b.to ?? LATEST) && (b.from ?? "") <= (a.to ?? LATEST);
}
