import { readFile } from "node:fs/promises";
import { type SandboxResponse, valueResponse } from "../messages.ts";
import { PACKAGE_FOLDER } from "../package-folder.ts";
import { CONTROL_PREFIX } from "./control.ts";

const FOLDER = new URL("console/", PACKAGE_FOLDER);

const PAGE = "console.html";

/** Where the page finds its script, style sheet and icon. A vendor's own actions at the control endpoint have no dot. */
const FILE = new RegExp(`^/${CONTROL_PREFIX}/console/([a-z-]+\\.([a-z]+))$`);

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

// The page loads nothing from elsewhere, runs only its own files, and cannot be framed by another page.
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  vary: "accept",
};

/** The file of the console that a request asks for. `/` is the console for a browser only; others get text. */
export function consoleFile(
  method: string,
  pathname: string,
  { accept = "" }: Readonly<Record<string, string>>,
): string | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined;
  if (pathname === "/") return /\btext\/html\b/i.test(accept) ? PAGE : undefined;
  return FILE.exec(pathname)?.[1];
}

/** Responds with a file of the console. */
export async function consoleResponse(file: string): Promise<SandboxResponse> {
  const type = TYPES[file.slice(file.lastIndexOf(".") + 1)];
  const body = type && (await readFile(new URL(file, FOLDER), "utf8").catch(() => undefined));
  if (type === undefined || body === undefined) return valueResponse(404, { error: `there is no ${file}` });
  return { status: 200, headers: { ...HEADERS, "content-type": type }, body };
}
