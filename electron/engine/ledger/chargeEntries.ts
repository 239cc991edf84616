/** What entries cost by a price book, in the form in which it is kept. Pure. */
import type { ChargedFields, ChargeOf, EntryCharge } from "../storage/ledgerCharge.ts";
import { FLAG_INCOMPLETE, FLAG_TIME_UNKNOWN, FLAG_UNSPLIT, NOT_LOOKED_FOR, UNLISTED } from "../storage/ledgerCharge.ts";
import { picoPerToken, tokenNanoUsd } from "./pricing/money.ts";
import type { PriceBook } from "./pricing/priceBook.ts";
import { factorsOf, type PricedMessage, priceMessage } from "./pricing/priceMessage.ts";

/** `listBook` has the shipped prices alone: it is given where `book` has other ones on top of them. */
export function chargeWith(book: PriceBook, listBook: PriceBook | null = null): ChargeOf {
  const charge = chargeBy(book);
  if (listBook === null) return charge;
  return (fields) => {
    const charged = charge(fields);
    const listed = priceMessage(fields, listBook);
    const listNano = listed.kind === "priced" ? listed.nanoUsd : null;
    if (listNano === charged.nanoUsd) return charged;
    return { ...charged, listNano: listNano ?? UNLISTED };
  };
}

function chargeBy(book: PriceBook): ChargeOf {
  return (fields: ChargedFields): EntryCharge => {
    const priced = priceMessage(fields, book);
    if (priced.kind === "not_charged") return NOT_LOOKED_FOR;
    if (priced.kind === "unpriced") return { ...NOT_LOOKED_FOR, unpricedReason: priced.reason };
    const { nanoUsd, priceId, source, priceDate } = priced;
    return {
      ...{ nanoUsd, priceId, source, priceDate },
      savedNano: savedNano(priced),
      listNano: null,
      unpricedReason: null,
      flags: flagsOf(priced),
    };
  };
}

/** What the cache reads would have cost more as input, at the same rates and multipliers. */
export function savedNano({ parts, multipliers }: PricedMessage): number | null {
  const { input, cacheRead } = parts;
  if (input === null || cacheRead === null || cacheRead.count === 0) return null;
  const asInput = tokenNanoUsd(cacheRead.count, picoPerToken(input.usdPer, factorsOf(multipliers)));
  return asInput === null ? null : asInput - cacheRead.nanoUsd;
}

function flagsOf({ incomplete, remarks }: PricedMessage): number {
  return (
    (incomplete.length > 0 ? FLAG_INCOMPLETE : 0) |
    (remarks.includes("cache_writes_unsplit") ? FLAG_UNSPLIT : 0) |
    (remarks.includes("time_unknown") ? FLAG_TIME_UNKNOWN : 0)
  );
}
