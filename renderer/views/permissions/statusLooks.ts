import type { PermissionStatus } from "../../../shared/model/permission.ts";

/** What a status is called and the colour it has. */
export const statusLooks: Readonly<Record<PermissionStatus, { readonly words: string; readonly look: string }>> = {
  pending: { words: "Waits for you", look: "text-warn" },
  allowed: { words: "Allowed", look: "text-ok" },
  denied: { words: "Denied", look: "text-danger" },
  withdrawn: { words: "Withdrawn", look: "text-warn" },
  expired: { words: "Expired", look: "text-warn" },
};
