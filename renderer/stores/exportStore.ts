/**
 * Owns: sessions that are being written out as a file, part by part.
 * Knows nothing about: how a file is kept (`ExportSink`).
 * Invariants: one export a session at a time; a cancelled one leaves no file behind; no part is held here.
 *
 * Views reach it with `useExports(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "../../shared/contract/errors.ts";
import type { RequestInput } from "../../shared/contract/requests.ts";
import type { Notify, Request } from "./request.ts";
import { without } from "./without.ts";

export type ExportFormat = RequestInput<"sessions.export">["format"];

/** Takes a file as it comes, and keeps it once it is whole. */
export interface ExportSink {
  readonly add: (text: string) => void;
  readonly save: (fileName: string, mediaType: string) => void;
}

/** How far an export is; `bytesTotal` is null before the first part. */
export interface ExportProgress {
  readonly format: ExportFormat;
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
}

export interface ExportState {
  readonly bySession: Readonly<Record<string, ExportProgress>>;
  /** Writes the whole session out. Never rejects; a failure is told. */
  readonly start: (sessionId: string, format: ExportFormat, sink: ExportSink) => Promise<void>;
  readonly cancel: (sessionId: string) => void;
}

export type ExportStore = StoreApi<ExportState>;

/** Creates the store without exports. */
export function createExportStore(options: { readonly request: Request; readonly notify: Notify }): ExportStore {
  const { request, notify } = options;
  return createStore<ExportState>()((set, get) => ({
    bySession: {},
    start: async (sessionId, format, sink) => {
      if (get().bySession[sessionId] !== undefined) return;
      let progress: ExportProgress = { format, bytesDone: 0, bytesTotal: null };
      const tell = (next: ExportProgress): void => {
        progress = next;
        set(({ bySession }) => ({ bySession: { ...bySession, [sessionId]: next } }));
      };
      // A cancelled export may have been begun anew before its last part came.
      const isCurrent = (): boolean => get().bySession[sessionId] === progress;
      tell(progress);
      try {
        let part = await request("sessions.export", { sessionId, format });
        while (isCurrent()) {
          sink.add(part.text);
          tell({ format, bytesDone: part.bytesDone, bytesTotal: part.bytesTotal });
          if (part.nextCursor === null) break;
          part = await request("sessions.export", { sessionId, format, cursor: part.nextCursor });
        }
        if (!isCurrent()) return;
        sink.save(part.fileName, part.mediaType);
        notify({ tone: "success", title: "The session was exported", text: part.fileName });
      } catch (thrown) {
        if (!isCurrent()) return;
        notify({ tone: "failure", title: "The session was not exported", text: toFailure(thrown).message });
      }
      set(({ bySession }) => ({ bySession: without(bySession, sessionId) }));
    },
    cancel: (sessionId) => set(({ bySession }) => ({ bySession: without(bySession, sessionId) })),
  }));
}
