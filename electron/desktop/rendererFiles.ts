/** From an `app:` address to a file of the built renderer. Pure; confines what can be named to one directory. */
import { extname, resolve, sep } from "node:path";
import { APP_PAGE_URL, isSameOrigin } from "./pageAddress.ts";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** The file under `root` that `url` names, or null when it names anything else. */
export function rendererFileOf(root: string, url: string): string | null {
  if (!isSameOrigin(url, APP_PAGE_URL)) return null;
  const path = decodePath(new URL(url).pathname);
  if (path === null || path.includes("\0") || path.includes("\\")) return null;
  const base = resolve(root);
  const file = resolve(base, `.${path === "/" ? "/index.html" : path}`);
  return file.startsWith(base + sep) ? file : null;
}

/** A file type nobody expects in the renderer is served as bytes, which no browser runs. */
export function contentTypeOf(file: string): string {
  return contentTypes[extname(file).toLowerCase()] ?? "application/octet-stream";
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
