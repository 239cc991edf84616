/** What an export says, in the form in which the ledger is told it. Pure. */
import { NO_LABEL } from "../../../shared/model/cost.ts";
import type { SessionLabel } from "../../../shared/model/session.ts";
import type { ImportedMessage, ImportedTotal, ImportReading } from "../ledger/costImport.ts";
import { nanoUsdOf } from "../ledger/pricing/money.ts";
import type { CostTotal, KnownSession } from "../storage/ledgerWrites.ts";
import type { ToldCharges } from "../transcripts/indexWriter.ts";
import type { MessageCopy } from "../transcripts/messageCopy.ts";

export function importedCharges({ messages, totals }: Omit<ImportReading, "rejected">): ToldCharges {
  const rows = [...messages, ...totals];
  const sessions = knownSessions(rows);
  const owned = new Set(rows.filter(({ owner }) => owner === "owned").map(({ sessionId }) => sessionId));
  return {
    copies: messages.map(importedCopy),
    totals: [],
    owned: sessions.filter(({ sessionId }) => owned.has(sessionId)),
    earlier: { totals: totals.flatMap(importedTotal), sessions },
  };
}

/** What people labelled sessions with. */
export function importedLabels({ messages, totals }: Omit<ImportReading, "rejected">): readonly SessionLabel[] {
  return [...messages, ...totals].flatMap(({ sessionId, label }) =>
    label === null || label === NO_LABEL ? [] : [{ sessionId, label }],
  );
}

/** Each session once; rows of an export that was put together from several may know different things of it. */
function knownSessions(rows: readonly (ImportedMessage | ImportedTotal)[]): readonly KnownSession[] {
  const sessions = new Map<string, KnownSession>();
  for (const { sessionId, projectPath, sessionTitle, parentSessionId } of rows) {
    const before = sessions.get(sessionId);
    sessions.set(sessionId, {
      sessionId,
      projectPath: before?.projectPath ?? projectPath,
      title: before?.title ?? sessionTitle,
      parentSessionId: before?.parentSessionId ?? parentSessionId,
    });
  }
  return [...sessions.values()];
}

function importedTotal({ sessionId, at, turnId, totalUsd, addedUsd }: ImportedTotal): readonly CostTotal[] {
  if (totalUsd === null) return [];
  const addedNano = addedUsd === null ? null : nanoUsdOf(addedUsd);
  return [{ sessionId, atMs: at, totalNano: nanoUsdOf(totalUsd), addedNano, turnId }];
}

function importedCopy(message: ImportedMessage): MessageCopy {
  const { messageId, requestId, sessionId, at, isSubagent, turnId, gitBranch, tools, isProvisional } = message;
  const { model, speed, serviceTier, inferenceGeo, webSearches } = message;
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, unpricedReason } = message;
  return {
    ...{ messageId, requestId, sessionId, atMs: at, turnId, gitBranch, tools, isProvisional },
    ...{ model, speed, serviceTier, inferenceGeo, webSearches },
    ...{ input, output, cacheRead, cacheWrite5m, cacheWrite1h },
    isSidechain: isSubagent,
    isForkCopy: false,
    path: "",
    offset: 0,
    origin: "import",
    isTurnTold: false,
    // Its counts were no counts, and are not known any more.
    ...(unpricedReason === "bad_usage" ? { hasBadUsage: true } : {}),
  };
}
