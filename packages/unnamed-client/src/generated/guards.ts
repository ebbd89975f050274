// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

import type { paths } from "./schema.ts";

type Answers = paths["/v1/auth/token"]["post"]["responses"];
type Body200 = Answers[200]["content"]["application/json"];
type Body400 = Answers[400]["content"]["application/json"];
type Body401 = Answers[401]["content"]["application/json"];
type Body403 = Answers[403]["content"]["application/json"];
type Body404 = Answers[404]["content"]["application/json"];
type Body500 = Answers[500]["content"]["application/json"];

/** Those alternatives of `T` that are objects with a member `K`. */
type With<T, K extends PropertyKey> = T extends object ? (K extends keyof T ? T : never) : never;

/** What `data` of an answer with status 200 holds. */
export type Answer200Data = With<With<Body200, "data">["data"], "access_token">;

/** Whether a value holds the token. */
export function isAnswer200Data(value: unknown): value is Answer200Data {
  return isObject(value) && typeof value["access_token"] === "string";
}

/** Finds `data` in a body. */
export function findAnswer200Data(body: unknown): unknown {
  return decoded(memberOf(body, "data"));
}

/** What `error` of an answer with status 400 holds. */
export type Answer400Error = With<With<Body400, "error">["error"], "code">;

/** Whether a value holds any member that is read. */
export function isAnswer400Error(value: unknown): value is Answer400Error {
  return isObject(value) && (value["code"] !== undefined || value["code_reason"] !== undefined || value["message"] !== undefined);
}

/** Finds `error` in a body. */
export function findAnswer400Error(body: unknown): unknown {
  return decoded(memberOf(body, "error"));
}

/** What the body of an answer with status 401 holds. */
export type Answer401 = With<Body401, "code">;

/** Whether a value holds any member that is read. */
export function isAnswer401(value: unknown): value is Answer401 {
  return isObject(value) && (value["code"] !== undefined || value["code_reason"] !== undefined || value["message"] !== undefined);
}

/** What `error` of an answer with status 401 holds. */
export type Answer401Error = With<With<Body401, "error">["error"], "code">;

/** Whether a value holds any member that is read. */
export function isAnswer401Error(value: unknown): value is Answer401Error {
  return isObject(value) && (value["code"] !== undefined || value["code_reason"] !== undefined || value["message"] !== undefined);
}

/** Finds `error` in a body. */
export function findAnswer401Error(body: unknown): unknown {
  return decoded(memberOf(body, "error"));
}

/** What the body of an answer with status 403 holds. */
export type Answer403 = With<Body403, "error">;

/** Whether a value holds any member that is read. */
export function isAnswer403(value: unknown): value is Answer403 {
  return isObject(value) && value["error"] !== undefined;
}

/** What the body of an answer with status 404 holds. */
export type Answer404 = With<Body404, "error">;

/** Whether a value holds any member that is read. */
export function isAnswer404(value: unknown): value is Answer404 {
  return isObject(value) && value["error"] !== undefined;
}

/** What the body of an answer with status 500 holds. */
export type Answer500 = With<Body500, "code">;

/** Whether a value holds any member that is read. */
export function isAnswer500(value: unknown): value is Answer500 {
  return isObject(value) && (value["code"] !== undefined || value["code_reason"] !== undefined || value["message"] !== undefined);
}

/** What `error` of an answer with status 500 holds. */
export type Answer500Error = With<With<Body500, "error">["error"], "code">;

/** Whether a value holds any member that is read. */
export function isAnswer500Error(value: unknown): value is Answer500Error {
  return isObject(value) && (value["code"] !== undefined || value["code_reason"] !== undefined || value["message"] !== undefined);
}

/** Finds `error` in a body. */
export function findAnswer500Error(body: unknown): unknown {
  return decoded(memberOf(body, "error"));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
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
