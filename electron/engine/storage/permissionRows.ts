import { z } from "zod";
import { type Permission, permissionSchema, type PermissionStatus } from "../../../shared/model/permission.ts";
import { directWrites, type RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

const rowSchema = z.object({ position: z.number(), permission: z.string() });
type PermissionRow = z.infer<typeof rowSchema>;

/** Which permissions a page holds, and from where it goes on. */
export interface PermissionQuery {
  readonly status?: PermissionStatus | undefined;
  readonly sessionId?: string | undefined;
  readonly limit: number;
  /** The position that the page before ended at. */
  readonly from?: number | undefined;
}

export interface PermissionPage {
  readonly items: readonly Permission[];
  readonly nextFrom: number | null;
}

/** Every permission request and what was decided. */
export interface PermissionRows {
  readonly add: (permission: Permission) => void;
  /** Stores what changed of a permission: its end, its outcome. */
  readonly save: (permission: Permission) => void;
  readonly get: (permissionId: string) => Permission | null;
  /** Pending ones oldest first; every other selection newest first. */
  readonly list: (query: PermissionQuery) => PermissionPage;
}

/** A permission and its place; the place of one that is not written yet is what it will be. */
interface PlacedPermission {
  readonly position: number;
  readonly permission: Permission;
}

export function permissionRows(database: SqliteDatabase, writes: RowWrites = directWrites): PermissionRows {
  const statements = prepareStatements(database);
  /** As they will be written. */
  const held = new Map<string, PlacedPermission>();

  function place(permissionId: string): number {
    const known = held.get(permissionId)?.position ?? statements.byId.get(permissionId)?.position;
    if (known !== undefined) return known;
    const last = [...held.values()].reduce((most, { position }) => Math.max(most, position), 0);
    return Math.max(last, Number(statements.last.get() ?? 0)) + 1;
  }

  function put(permission: Permission): void {
    const { permissionId } = permission;
    const columns = columnsOf(permission);
    writes.write({
      act: () => void statements.put.run(columns),
      characters: () => columns.permission.length,
      what: "record",
      key: `permission:${permissionId}`,
      onHeld: () => void held.set(permissionId, { position: place(permissionId), permission }),
      onSettled: () => void held.delete(permissionId),
    });
  }

  return {
    add: put,
    save: put,
    get: (permissionId) => {
      const row = statements.byId.get(permissionId);
      return held.get(permissionId)?.permission ?? (row === undefined ? null : toPlaced(row).permission);
    },
    list: ({ status, sessionId, limit, from }) => {
      const pending = status === "pending";
      const start = from ?? (pending ? 0 : Number.MAX_SAFE_INTEGER);
      const filter = { status: status ?? null, sessionId: sessionId ?? null, from: start };
      // Those that are held take the place of what is stored of them.
      const asked = { ...filter, limit: limit + 1 + held.size };
      const stored = (pending ? statements.oldestFirst : statements.newestFirst)
        .all(asked)
        .map(toPlaced)
        .filter(({ permission }) => !held.has(permission.permissionId));
      const passing = [...held.values()].filter(({ position, permission }) => {
        const isAfter = pending ? position > start : position < start;
        return isAfter && permission.status === (status ?? permission.status) && isOf(permission, sessionId);
      });
      const rows = [...stored, ...passing].toSorted((a, b) => (a.position - b.position) * (pending ? 1 : -1));
      const page = rows.slice(0, limit);
      return {
        items: page.map(({ permission }) => permission),
        nextFrom: rows.length > limit ? (page.at(-1)?.position ?? null) : null,
      };
    },
  };
}

function isOf(permission: Permission, sessionId: string | undefined): boolean {
  return sessionId === undefined || permission.sessionId === sessionId;
}

function prepareStatements(database: SqliteDatabase) {
  const filter = `
    SELECT position, permission FROM permissions
    WHERE (@status IS NULL OR status = @status) AND (@sessionId IS NULL OR session_id = @sessionId)`;
  interface Filter {
    readonly status: string | null;
    readonly sessionId: string | null;
    readonly from: number;
    readonly limit: number;
  }
  return {
    put: database.prepare(`
      INSERT INTO permissions (permission_id, position, session_id, tool_name, input_hash, status, requested_at,
        settled_at, decided_by, latency_ms, outcome, permission)
      VALUES (@permissionId, (SELECT coalesce(max(position), 0) + 1 FROM permissions), @sessionId, @toolName,
        @inputHash, @status, @requestedAt, @settledAt, @decidedBy, @latencyMs, @outcome, @permission)
      ON CONFLICT (permission_id) DO UPDATE SET status = excluded.status, settled_at = excluded.settled_at,
        decided_by = excluded.decided_by, latency_ms = excluded.latency_ms, outcome = excluded.outcome,
        permission = excluded.permission
    `),
    byId: database.prepare<[string], PermissionRow>(
      "SELECT position, permission FROM permissions WHERE permission_id = ?",
    ),
    last: database.prepare("SELECT max(position) FROM permissions").pluck(),
    oldestFirst: database.prepare<[Filter], PermissionRow>(
      `${filter} AND position > @from ORDER BY position LIMIT @limit`,
    ),
    newestFirst: database.prepare<[Filter], PermissionRow>(
      `${filter} AND position < @from ORDER BY position DESC LIMIT @limit`,
    ),
  };
}

function columnsOf(permission: Permission) {
  return {
    permissionId: permission.permissionId,
    sessionId: permission.sessionId,
    toolName: permission.toolName,
    inputHash: permission.inputHash,
    status: permission.status,
    requestedAt: permission.requestedAt,
    settledAt: permission.settledAt,
    decidedBy: permission.decision?.decidedBy ?? null,
    latencyMs: permission.decision?.latencyMs ?? null,
    outcome: permission.outcome,
    permission: JSON.stringify(permission),
  };
}

function toPlaced(row: PermissionRow): PlacedPermission {
  const { position, permission } = rowSchema.parse(row);
  return { position, permission: permissionSchema.parse(JSON.parse(permission)) };
}
