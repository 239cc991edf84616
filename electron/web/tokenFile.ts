import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { HostLog } from "../hosting/hostLog.ts";
import { ALL_SCOPES, type Scope, scopeSchema } from "../../shared/contract/scopes.ts";

const FILE_NAME = "tokens.json";

/** Random bytes of a token: 256 bits, beyond guessing. */
const TOKEN_BYTES = 32;

/** Characters that a token written by hand must have: 128 random bits in base64url. */
const MIN_TOKEN_LENGTH = 22;

/** Characters that may stand in a bearer header and, as browsers need it, in the name of a WebSocket subprotocol. */
const tokenSchema = z
  .string()
  .min(MIN_TOKEN_LENGTH)
  .regex(/^[\w.~-]+$/, "A token may hold letters, digits and the characters . _ ~ - only.");

const tokenFileSchema = z.strictObject({
  owner: tokenSchema,
  others: z
    .array(z.strictObject({ label: z.string().min(1).max(60), token: tokenSchema, scopes: z.array(scopeSchema) }))
    .default([]),
});
type TokenFile = z.infer<typeof tokenFileSchema>;

/** One token and what it may do. `label` is null for the owner's own. */
export interface TokenGrant {
  readonly label: string | null;
  readonly token: string;
  readonly scopes: readonly Scope[];
}

/** The token file cannot be used; the message says what to do about it. */
export class TokenFileError extends Error {
  override readonly name = "TokenFileError";
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw new TokenFileError(`The tokens in ${file} cannot be read: ${String(error)}`);
  }
}

async function createFile(file: string): Promise<TokenFile> {
  const content: TokenFile = { owner: randomBytes(TOKEN_BYTES).toString("base64url"), others: [] };
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.draft`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return content;
}

/** Windows has no such modes; there the data directory is the user's own by its access list. */
async function narrowMode(file: string, log: HostLog): Promise<void> {
  if (process.platform === "win32") return;
  const { mode } = await stat(file);
  if ((mode & 0o077) === 0) return;
  await chmod(file, 0o600);
  log.warn({ file }, "other users could read the token file; it is the owner's alone again");
}

function parseFile(file: string, text: string): TokenFile {
  const advice = `Correct ${file}, or remove it: the next start then creates a new one.`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new TokenFileError(`The token file is not JSON. ${advice}`);
  }
  const parsed = tokenFileSchema.safeParse(json);
  if (!parsed.success) throw new TokenFileError(`${z.prettifyError(parsed.error)}\n${advice}`);
  const tokens = [parsed.data.owner, ...parsed.data.others.map(({ token }) => token)];
  if (new Set(tokens).size !== tokens.length) {
    throw new TokenFileError(`Two entries of the token file have the same token. ${advice}`);
  }
  return parsed.data;
}

/**
 * Reads `tokens.json` in the data directory, and creates it with the owner's token where it is missing:
 * `{owner: string, others: [{label, token, scopes}]}`. Returns the owner's grant first.
 * @throws TokenFileError when it is there but cannot be used.
 */
export async function readTokens(dataDir: string, log: HostLog): Promise<readonly [TokenGrant, ...TokenGrant[]]> {
  const file = path.join(dataDir, FILE_NAME);
  const text = await readIfThere(file);
  if (text !== null) await narrowMode(file, log);
  const content = text === null ? await createFile(file) : parseFile(file, text);
  return [{ label: null, token: content.owner, scopes: ALL_SCOPES }, ...content.others];
}
