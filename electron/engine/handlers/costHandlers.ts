import type { LedgerState } from "../../../shared/model/ledger.ts";
import type { Payload } from "../../../shared/model/payload.ts";
import { importedCharges, importedLabels } from "../costs/importedCharges.ts";
import type { Costs } from "../costs/openCosts.ts";
import type { RequestHandlers } from "../engine.ts";
import { readImport } from "../ledger/costImport.ts";
import type { SessionLabels } from "../sessions/sessionLabels.ts";
import { transcriptSeq } from "../transcripts/replay/transcriptSeq.ts";
import { TurnBeginnings } from "../transcripts/replay/turnBeginnings.ts";
import { isOwnTranscript, type KnownHere, knownEntry } from "./knownEntry.ts";

/** What the requests about costs work on. */
export interface CostParts extends KnownHere {
  readonly costs: Costs;
  readonly labels: Pick<SessionLabels, "adopt">;
  /** Why nothing new is written; null when all is well. */
  readonly ledgerProblem: () => string | null;
  readonly now: () => Date;
}

type CostRequests = Extract<keyof RequestHandlers, `costs.${string}` | `ledger.${string}` | `prices.${string}`>;

const MAX_REJECTED = 100;
/** Of what was said, to recognise it by. */
const EXCERPT_CHARACTERS = 200;

export function costHandlers(parts: CostParts): Pick<RequestHandlers, CostRequests> {
  const { costs, session, payload, now } = parts;
  /** As it is called now; the ledger knows only what its transcripts said, and knows that of sessions that are gone too. */
  const title = (sessionId: string): string | null => session(sessionId)?.title ?? null;
  const beginnings = new TurnBeginnings();
  const payloadOf = (turnId: string | null): Payload | null => (turnId === null ? null : payload(turnId));
  return {
    "costs.get": async ({ timeZone = hostTimeZone(), ...ask }) => {
      const report = await costs.ask("report", { ...ask, timeZone });
      if (ask.groupBy !== "session" && ask.splitBy !== "session") return report;
      const labelled = <Row extends { readonly key: string; readonly label: string }>(one: Row): Row => ({
        ...one,
        label: title(one.key) ?? one.label,
      });
      const rows = ask.groupBy === "session" ? report.rows.map(labelled) : report.rows;
      return { ...report, rows: rows.map((one) => ({ ...one, parts: one.parts.map(labelled) })) };
    },
    "costs.summary": ({ timeZone = hostTimeZone(), ...filters }) =>
      costs.ask("summary", { ...filters, timeZone, nowMs: now().getTime() }),
    "costs.entries": async (ask) => {
      const { items, nextCursor } = await costs.ask("entries", ask);
      return { items: items.map((entry) => knownEntry(parts, entry)), nextCursor };
    },
    "costs.unpriced": (ask) => costs.ask("unpriced", ask),
    "costs.session": async ({ sessionId }) => {
      const { cost, places } = await costs.ask("session", { sessionId });
      const begun = await beginnings.find(places.filter(({ path }) => isOwnTranscript(path, { sessionId })));
      const turns = cost.turns.map((turn) => {
        const cause = payloadOf(turn.turnId);
        const told = begun.get(turn.turnId ?? "");
        const text = cause?.text.slice(0, EXCERPT_CHARACTERS) ?? told?.text ?? null;
        const seq = told === undefined ? null : transcriptSeq(told.offset);
        return { ...turn, payloadId: cause?.payloadId ?? null, text, seq };
      });
      return { ...cost, turns };
    },
    "costs.windows": async (ask) => ({ items: await costs.ask("windows", { ...ask, nowMs: now().getTime() }) }),
    "costs.top": async (ask) => {
      const { rows, places } = await costs.ask("top", ask);
      const begun = await beginnings.find(places);
      const labelled = rows.map((row) => {
        const cause = ask.what === "turns" ? payloadOf(row.key)?.text.slice(0, EXCERPT_CHARACTERS) : undefined;
        const said = cause ?? begun.get(row.key)?.text;
        return { ...row, label: said ?? (row.sessionId === null ? null : title(row.sessionId)) ?? row.label };
      });
      return { what: ask.what, rows: labelled };
    },
    "costs.export": async (ask) => {
      const { text, done, total, nextCursor } = await costs.ask("export", ask);
      const mediaType = ask.format === "csv" ? "text/csv" : "application/json";
      const fileName = `costs-${now().toISOString().slice(0, 10)}.${ask.format}`;
      return { fileName, mediaType, text, bytesDone: done, bytesTotal: total, nextCursor };
    },
    "costs.import": async ({ text }) => {
      const { rejected, ...read } = readImport(text);
      parts.labels.adopt(importedLabels(read));
      const charges = importedCharges(read);
      const answer = await costs.write({ what: "charge", charges, sessions: [] });
      const { added, known } = answer.what === "charge" ? answer : { added: 0, known: 0 };
      return { added, known, rejected: rejected.slice(0, MAX_REJECTED), rejectedCount: rejected.length };
    },
    "ledger.get": () => ledgerState(parts),
    "ledger.backup": () => costs.backUp(now()),
    "ledger.vacuum": async () => {
      const { sizeBytes: sizeBytesBefore } = await costs.files();
      await costs.write({ what: "vacuum" });
      const { sizeBytes: sizeBytesAfter } = await costs.files();
      return { sizeBytesBefore, sizeBytesAfter };
    },
    "prices.get": async () => {
      const { userSheet, problem, keptProblem } = costs.prices.state();
      const { sources, unknownModels } = await costs.ask("state", {});
      const own = { userFile: costs.userPriceFile, hasUserPrices: userSheet !== null, problem, keptProblem };
      return { ...own, sources, unknownModels };
    },
  };
}

async function ledgerState({ costs, ledgerProblem }: CostParts): Promise<LedgerState> {
  const { entries, unpricedEntries, sinceMs } = await costs.ask("state", {});
  const files = await costs.files();
  const since = sinceMs === null ? null : new Date(sinceMs).toISOString();
  return { entries, unpricedEntries, since, ...files, problem: ledgerProblem() };
}

function hostTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
