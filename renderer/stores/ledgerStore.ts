/**
 * Owns: what is done with the ledger as a whole: written out, read back, copied, tidied.
 * Knows nothing about: what it holds (`costsStore.ts`), how a file is kept (`ExportSink`).
 * Invariants: one task at a time; a cancelled export leaves no file behind, a cancelled import keeps what was read.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { RequestError, toFailure } from "../../shared/contract/errors.ts";
import { MAX_IMPORT_CHARACTERS } from "../../shared/contract/limits.ts";
import type { RequestInput, RequestResult } from "../../shared/contract/requests.ts";
import type { ExportSink } from "./exportStore.ts";
import { importParts } from "./importParts.ts";
import type { Notify, Request } from "./request.ts";

export type LedgerExport = Omit<RequestInput<"costs.export">, "cursor">;
export type ImportOutcome = RequestResult<"costs.import">;

/** What the last task came to. */
export type LedgerOutcome =
  | { readonly kind: "export"; readonly fileName: string }
  | ({ readonly kind: "import" } & ImportOutcome)
  | ({ readonly kind: "backup" } & RequestResult<"ledger.backup">)
  | ({ readonly kind: "vacuum" } & RequestResult<"ledger.vacuum">);

/** What runs, and how far it is; `total` is null while that is not known. */
export type LedgerTask =
  | { readonly kind: "export" | "import"; readonly done: number; readonly total: number | null }
  | { readonly kind: "backup" | "vacuum" };

export interface LedgerStoreState {
  /** Null while nothing runs. */
  readonly task: LedgerTask | null;
  /** Null before the first task, and while one that has nothing to tell yet runs. */
  readonly outcome: LedgerOutcome | null;
  /** Each of these tells its failure, and never rejects. */
  readonly write: (what: LedgerExport, sink: ExportSink) => Promise<void>;
  /** `read` gives the file's text. */
  readonly readBack: (read: () => Promise<string>) => Promise<void>;
  readonly backUp: () => Promise<void>;
  readonly vacuum: () => Promise<void>;
  /** Ends what runs, as far as it can be ended: an export or an import. */
  readonly cancel: () => void;
}

export type LedgerStore = StoreApi<LedgerStoreState>;

export interface LedgerStoreOptions {
  readonly request: Request;
  readonly notify: Notify;
  /** The ledger holds something else, or takes another room. */
  readonly onChanged: () => void;
}

/** Rejected lines that are kept of an import: who made so many mistakes reads the first ones. */
const MAX_REJECTED = 100;

/** Creates the store at rest. */
export function createLedgerStore({ request, notify, onChanged }: LedgerStoreOptions): LedgerStore {
  return createStore<LedgerStoreState>()((set, get) => {
    /** Runs a task unless one runs; `isOver` is true for it once it was cancelled. */
    async function run(
      first: LedgerTask,
      failed: string,
      act: (tell: (task: LedgerTask) => void, isOver: () => boolean) => Promise<void>,
    ): Promise<void> {
      if (get().task !== null) return;
      let own = first;
      const tell = (task: LedgerTask): void => {
        if (get().task !== own) return;
        own = task;
        set({ task });
      };
      const isOver = (): boolean => get().task !== own;
      set({ task: own, outcome: null });
      try {
        await act(tell, isOver);
      } catch (thrown) {
        if (!isOver()) notify({ tone: "failure", title: failed, text: toFailure(thrown).message });
      }
      if (!isOver()) set({ task: null });
    }

    return {
      task: null,
      outcome: null,
      write: async (what, sink) =>
        await run({ kind: "export", done: 0, total: null }, "The costs were not exported", async (tell, isOver) => {
          let part = await request("costs.export", what);
          while (!isOver()) {
            sink.add(part.text);
            tell({ kind: "export", done: part.bytesDone, total: part.bytesTotal });
            if (part.nextCursor === null) break;
            part = await request("costs.export", { ...what, cursor: part.nextCursor });
          }
          if (isOver()) return;
          sink.save(part.fileName, part.mediaType);
          set({ outcome: { kind: "export", fileName: part.fileName } });
        }),
      readBack: async (read) =>
        await run({ kind: "import", done: 0, total: null }, "The file was not imported", async (tell, isOver) => {
          const parts = importParts(await read(), MAX_IMPORT_CHARACTERS);
          if (parts === null)
            throw new RequestError("bad_request", "This is neither an export as CSV nor one as JSON.");
          let all: ImportOutcome = { added: 0, known: 0, rejected: [], rejectedCount: 0 };
          for (const [index, { text, linesBefore }] of parts.entries()) {
            if (isOver()) break;
            tell({ kind: "import", done: index, total: parts.length });
            all = joined(all, await request("costs.import", { text }), linesBefore);
            set({ outcome: { kind: "import", ...all } });
          }
          onChanged();
        }),
      backUp: async () =>
        await run({ kind: "backup" }, "The ledger was not backed up", async () => {
          set({ outcome: { kind: "backup", ...(await request("ledger.backup", {})) } });
          onChanged();
        }),
      vacuum: async () =>
        await run({ kind: "vacuum" }, "The ledger was not tidied", async () => {
          set({ outcome: { kind: "vacuum", ...(await request("ledger.vacuum", {})) } });
          onChanged();
        }),
      cancel: () => {
        const { task } = get();
        if (task?.kind === "export" || task?.kind === "import") set({ task: null });
      },
    };
  });
}

function joined(before: ImportOutcome, next: ImportOutcome, linesBefore: number): ImportOutcome {
  const { added, known, rejected, rejectedCount } = before;
  const further = next.rejected.map(({ line, reason }) => ({ line: line + linesBefore, reason }));
  return {
    added: added + next.added,
    known: known + next.known,
    rejected: [...rejected, ...further].slice(0, MAX_REJECTED),
    rejectedCount: rejectedCount + next.rejectedCount,
  };
}
