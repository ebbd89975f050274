// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

import type { paths } from "./schema.ts";

type Answers = paths["/v1/auth/token"]["post"]["responses"];
type Body200 = Answers[200]["content"]["application/json"];
type Body400 = Answers[400]["content"]["application/json"];
type Body401 = Answers[401]["content"]["application/json"];
type Body403 = Answers[403]["content"]["application/json"];

/** The members that any object among the alternatives of `T` has. */
type KeyIn<T> = T extends object ? keyof T : never;

/** Those alternatives of `T` that are objects with a member `K`. */
type With<T, K extends KeyIn<T>> = T extends object ? (K extends keyof T ? T : never) : never;

/** What `data` of an answer with status 200 holds. */
export type Answer200Data = With<With<Body200, "data">["data"], "access_token">;

/** Whether a value holds the token. */
export function isAnswer200Data(value: unknown): value is Answer200Data {
  return isObject(value) && typeof value["access_token"] === "string";
}

/** What `error` of an answer with status 400 holds. */
export type Answer400Error = With<With<Body400, "error">["error"], "code">;

/** Whether a value holds any member that is read. */
export function isAnswer400Error(value: unknown): value is Answer400Error {
  return hasAny(value, "code", "code_reason", "message");
}

/** What the body of an answer with status 401 or 500 holds. */
export type Answer401 = With<Body401, "code">;

/** Whether a value holds any member that is read. */
export function isAnswer401(value: unknown): value is Answer401 {
  return hasAny(value, "code", "code_reason", "message");
}

/** What `error` of an answer with status 401 or 500 holds. */
export type Answer401Error = With<With<Body401, "error">["error"], "code">;

/** Whether a value holds any member that is read. */
export function isAnswer401Error(value: unknown): value is Answer401Error {
  return hasAny(value, "code", "code_reason", "message");
}

/** What the body of an answer with status 403 or 404 holds. */
export type Answer403 = With<Body403, "error">;

/** Whether a value holds any member that is read. */
export function isAnswer403(value: unknown): value is Answer403 {
  return hasAny(value, "error");
}

/** Finds `data` in an answer. */
export function findData(body: unknown): unknown {
  return decoded(memberOf(body, "data"));
}

/** Finds `error` in an answer. */
export function findError(body: unknown): unknown {
  return decoded(memberOf(body, "error"));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function hasAny(value: unknown, ...names: string[]): boolean {
  return isObject(value) && names.some((name) => value[name] !== undefined && value[name] !== null);
}

function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

/** The specification allows JSON text here. */
function decoded(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
