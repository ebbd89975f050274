// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

import type { paths } from "./schema.ts";

type Answers = paths["/auth"]["post"]["responses"];
type Body200 = Answers[200]["content"]["application/json"];
type Body400 = Answers[400]["content"]["application/json"];

/** The members that any object among the alternatives of `T` has. */
type KeyIn<T> = T extends object ? keyof T : never;

/** Those alternatives of `T` that are objects with a member `K`. */
type With<T, K extends KeyIn<T>> = T extends object ? (K extends keyof T ? T : never) : never;

/** What the body of an answer with status 200 holds. */
export type Answer200 = With<Body200, "accessToken">;

/** Whether a value holds the token. */
export function isAnswer200(value: unknown): value is Answer200 {
  return isObject(value) && typeof value["accessToken"] === "string";
}

/** What the body of an answer with status 400 or 500 holds. */
export type Answer400 = With<Body400, "statusCode">;

/** Whether a value holds any member that is read. */
export function isAnswer400(value: unknown): value is Answer400 {
  return hasAny(value, "statusCode", "error", "message");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function hasAny(value: unknown, ...names: string[]): boolean {
  return isObject(value) && names.some((name) => value[name] !== undefined && value[name] !== null);
}
