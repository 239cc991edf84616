/**
 * Entries that a host was given and said it has: imports that were answered, and messages of live sessions that it
 * showed. What a killed host had not said yet may be there or not; how much was given is known as well.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { KillableHost } from "./killableHost.ts";

/** Before all that transcripts tell, so that costs can be asked for without them. */
const IMPORTED_AT = "2020-02-02T02:02:02.000Z";
const ENTRIES_AN_IMPORT = 40;

const importedSchema = z.object({ rejectedCount: z.literal(0) });
const entriesSchema = z.object({ items: z.array(z.object({ messageId: z.string() })) });

export class AcknowledgedEntries {
  /** Message ids. */
  readonly acknowledged = new Set<string>();
  /** Sessions that only this made. */
  readonly sessions = new Set<string>();
  #imports = 0;

  /** Resolves when an import of new entries is answered, or the host was killed. */
  importNew(host: KillableHost): Promise<void> {
    this.#imports += 1;
    const sessionId = `imported-${this.#imports}`;
    this.sessions.add(sessionId);
    const entries = Array.from({ length: ENTRIES_AN_IMPORT }, (_, at) => ({
      ...{ messageId: `msg_${sessionId}_${at}`, requestId: `req_${sessionId}_${at}`, sessionId, at: IMPORTED_AT },
      ...{ model: "claude-opus-5-5", input: at, output: 2 * at, cacheRead: 1000, cacheWrite5m: 0, cacheWrite1h: 0 },
    }));
    return this.#import(host, entries);
  }

  /** The same for entries that transcripts tell of too. */
  importKnown(host: KillableHost, entries: readonly { readonly messageId: string }[]): Promise<void> {
    return this.#import(host, entries);
  }

  /** Runs a session until the host shows what its answer cost, or was killed. */
  stream(host: KillableHost, cwd: string): Promise<void> {
    return unlessKilled(host, async () => {
      // Named here: a host that is killed may have begun a session without having said so.
      const sessionId = randomUUID();
      this.sessions.add(sessionId);
      await host.ask("POST", "/sessions", { cwd, sessionId, prompt: "SAY that costs something" });
      for (;;) {
        const { items } = entriesSchema.parse(await host.ask("GET", `/costs/entries?sessionId=${sessionId}`));
        for (const { messageId } of items) this.acknowledged.add(messageId);
        if (items.length > 0) return;
      }
    });
  }

  #import(host: KillableHost, entries: readonly { readonly messageId: string }[]): Promise<void> {
    return unlessKilled(host, async () => {
      importedSchema.parse(await host.ask("POST", "/costs/import", { text: JSON.stringify(entries) }));
      for (const { messageId } of entries) this.acknowledged.add(messageId);
    });
  }
}

async function unlessKilled(host: KillableHost, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!host.isKilled()) throw error;
  }
}
