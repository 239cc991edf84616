import type { ConnectionState } from "../client/client.ts";

/** What the connection banner says and how it helps. */
export interface ConnectionWords {
  readonly tone: "warn" | "danger";
  readonly title: string;
  readonly text: string;
  /** Whether loading the page again can help. */
  readonly offerReload: boolean;
}

/** The banner for a connection, or null while it is open or about to be. */
export function connectionWords({ status, attempt, failure }: ConnectionState): ConnectionWords | null {
  if (status === "open") return null;
  if (status === "connecting") {
    return attempt === 0
      ? null
      : { tone: "warn", title: "The host does not answer", text: "Trying again…", offerReload: false };
  }
  if (status === "reconnecting") {
    const text = "What you see may be old. Trying again by itself; nothing is lost.";
    return { tone: "warn", title: "The connection to the host is lost", text, offerReload: false };
  }
  switch (failure?.code) {
    case "unauthorized":
    case "forbidden":
      return {
        tone: "danger",
        title: "This page may not connect",
        text: "Open the address with the token that Switchboard printed in its terminal when it started (…/#token=…).",
        offerReload: false,
      };
    case "contract_mismatch":
      return {
        tone: "danger",
        title: "The host has another version than this page",
        text: "Load the page again to get the page that fits.",
        offerReload: true,
      };
    default:
      return {
        tone: "danger",
        title: "The host refused the connection",
        text: failure?.message ?? "It gave no reason; its log may have one.",
        offerReload: true,
      };
  }
}
