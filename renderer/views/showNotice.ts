import { toast } from "sonner";
import type { Notice } from "../stores/request.ts";

/** Failures stay long enough to be read twice; all are closed by hand as well. */
const FAILURE_MS = 12_000;
const SHORT_MS = 4_000;

/** Shows a notice as a toast. */
export function showNotice({ tone, title, text }: Notice): void {
  const options = {
    duration: tone === "failure" ? FAILURE_MS : SHORT_MS,
    ...(text === null ? {} : { description: text }),
  };
  if (tone === "failure") toast.error(title, options);
  else if (tone === "success") toast.success(title, options);
  else toast.info(title, options);
}
