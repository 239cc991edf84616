import { isIP } from "node:net";
import { RequestError } from "../../shared/contract/errors.ts";

const LOOPBACK_NAMES: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];
const ANY_ADDRESS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);
const HTTP_PORT = 80;

/** Where the host listens and whom it talks to. */
export interface HostGuardOptions {
  /** The address the host is bound to. */
  readonly host: string;
  readonly port: number;
  /** Origins besides the host's own, e.g. `http://localhost:5173`. */
  readonly allowedOrigins: readonly string[];
}

function splitAuthority(authority: string): { readonly name: string; readonly port: number } | null {
  const match = /^(\[[\da-f:.]+\]|[^:[\]/@\s]+)(?::(\d{1,5}))?$/i.exec(authority);
  if (match?.[1] === undefined) return null;
  return { name: match[1].toLowerCase(), port: match[2] === undefined ? HTTP_PORT : Number(match[2]) };
}

/** An address as it stands in a URL. */
export function inUrl(address: string): string {
  return isIP(address) === 6 ? `[${address}]` : address;
}

function isAddress(name: string): boolean {
  return isIP(name.replace(/^\[|\]$/g, "")) !== 0;
}

/**
 * Makes the check of `Host` and `Origin` for every request and upgrade. It keeps a foreign web page out, also one whose
 * name was made to resolve to this machine: such a page cannot send another `Host` than its own name. A host bound to
 * all addresses is reached by any of them, but by no name that somebody else could own.
 * @returns a function that throws RequestError `wrong_host` or `forbidden`.
 */
export function createHostGuard(options: HostGuardOptions): (host: string, origin: string | undefined) => void {
  const { port, allowedOrigins } = options;
  const names = new Set([...LOOPBACK_NAMES, inUrl(options.host).toLowerCase()]);
  const takesAnyAddress = ANY_ADDRESS.has(options.host);

  return (host, origin) => {
    const target = splitAuthority(host);
    const isOurs = target !== null && (names.has(target.name) || (takesAnyAddress && isAddress(target.name)));
    if (!isOurs || target.port !== port) {
      throw new RequestError("wrong_host", "This host does not go by that name. Use the address printed at its start.");
    }
    if (origin === undefined || origin === `http://${host}` || allowedOrigins.includes(origin)) return;
    throw new RequestError("forbidden", "Pages of another origin may not talk to this host.");
  };
}
