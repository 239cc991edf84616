import { z } from "zod";
import { type Permission, permissionSchema, type PermissionStatus } from "../../../shared/model/permission.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

const rowSchema = z.object({ position: z.number(), permission: z.string() });

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

export function permissionRows(database: SqliteDatabase): PermissionRows {
  const insert = database.prepare(`
    INSERT INTO permissions (permission_id, position, session_id, tool_name, input_hash, status, requested_at,
      settled_at, decided_by, latency_ms, outcome, permission)
    VALUES (@permissionId, (SELECT coalesce(max(position), 0) + 1 FROM permissions), @sessionId, @toolName, @inputHash,
      @status, @requestedAt, @settledAt, @decidedBy, @latencyMs, @outcome, @permission)
  `);
  const update = database.prepare(`
    UPDATE permissions SET status = @status, settled_at = @settledAt, decided_by = @decidedBy, latency_ms = @latencyMs,
      outcome = @outcome, permission = @permission
    WHERE permission_id = @permissionId
  `);
  const byId = database.prepare("SELECT position, permission FROM permissions WHERE permission_id = ?");
  const filter = `
    SELECT position, permission FROM permissions
    WHERE (@status IS NULL OR status = @status) AND (@sessionId IS NULL OR session_id = @sessionId)`;
  const oldestFirst = database.prepare(`${filter} AND position > @from ORDER BY position LIMIT @limit`);
  const newestFirst = database.prepare(`${filter} AND position < @from ORDER BY position DESC LIMIT @limit`);

  return {
    add: (permission) => void insert.run(columnsOf(permission)),
    save: (permission) => {
      const {
        permissionId,
        status,
        settledAt,
        decidedBy,
        latencyMs,
        outcome,
        permission: text,
      } = columnsOf(permission);
      update.run({ permissionId, status, settledAt, decidedBy, latencyMs, outcome, permission: text });
    },
    get: (permissionId) => {
      const row = byId.get(permissionId);
      return row === undefined ? null : toPermission(rowSchema.parse(row));
    },
    list: ({ status, sessionId, limit, from }) => {
      const pending = status === "pending";
      const start = from ?? (pending ? 0 : Number.MAX_SAFE_INTEGER);
      const found = (pending ? oldestFirst : newestFirst).all({
        status: status ?? null,
        sessionId: sessionId ?? null,
        from: start,
        limit: limit + 1,
      });
      const rows = z.array(rowSchema).parse(found);
      const page = rows.slice(0, limit);
      return {
        items: page.map(toPermission),
        nextFrom: rows.length > limit ? (page.at(-1)?.position ?? null) : null,
      };
    },
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

function toPermission(row: z.infer<typeof rowSchema>): Permission {
  return permissionSchema.parse(JSON.parse(row.permission));
}
