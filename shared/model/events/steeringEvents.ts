import { z } from "zod";
import { budgetAlertSchema } from "../budget.ts";
import { payloadKindSchema, payloadSchema, receiptStateSchema } from "../payload.ts";
import { permissionOutcomeSchema, permissionSchema } from "../permission.ts";

/** What people and programs did to a session, and what it asked of them. */
export const steeringEventSchemas = {
  "payload.accepted": z.object({ payload: payloadSchema }),
  "payload.advanced": z.object({
    payloadId: z.string(),
    kind: payloadKindSchema,
    state: receiptStateSchema,
    reason: z.string().optional(),
  }),
  "permission.requested": z.object({ permission: permissionSchema }),
  /** The permission as it stands after the decision, withdrawal or expiry. */
  "permission.settled": z.object({ permission: permissionSchema }),
  "permission.outcomeKnown": z.object({ permissionId: z.string(), outcome: permissionOutcomeSchema }),
  /** Told in the session whose use crossed it. */
  "budget.crossed": z.object({ alert: budgetAlertSchema }),
} as const;
