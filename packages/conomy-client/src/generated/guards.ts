// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

import type { paths } from "./schema.ts";

type Answers = paths["/auth"]["post"]["responses"];
type Body200 = Answers[200]["content"]["application/json"];
type Body400 = Answers[400]["content"]["application/json"];
type Body500 = Answers[500]["content"]["application/json"];

/** Those alternatives of `T` that are objects with a member `K`. */
type With<T, K extends PropertyKey> = T extends object ? (K extends keyof T ? T : never) : never;

/** What the body of an answer with status 200 holds. */
export type Answer200 = With<Body200, "accessToken">;

/** Whether a value holds the token. */
export function isAnswer200(value: unknown): value is Answer200 {
  return isObject(value) && typeof value["accessToken"] === "string";
}

/** What the body of an answer with status 400 holds. */
export type Answer400 = With<Body400, "statusCode">;

/** Whether a value holds any member that is read. */
export function isAnswer400(value: unknown): value is Answer400 {
  return isObject(value) && (value["statusCode"] !== undefined || value["error"] !== undefined || value["message"] !== undefined);
}

/** What the body of an answer with status 500 holds. */
export type Answer500 = With<Body500, "statusCode">;

/** Whether a value holds any member that is read. */
export function isAnswer500(value: unknown): value is Answer500 {
  return isObject(value) && (value["statusCode"] !== undefined || value["error"] !== undefined || value["message"] !== undefined);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
