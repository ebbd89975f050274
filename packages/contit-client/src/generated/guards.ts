// Generated from specs/contit/openapi.yaml by `pnpm generate`. Do not edit.

import type { paths } from "./schema.ts";

type Answers = paths["/connect/token"]["post"]["responses"];
type Body200 = Answers[200]["content"]["application/json"];

/** The members that any object among the alternatives of `T` has. */
type KeyIn<T> = T extends object ? keyof T : never;

/** Those alternatives of `T` that are objects with a member `K`. */
type With<T, K extends KeyIn<T>> = T extends object ? (K extends keyof T ? T : never) : never;

/** What the body of an answer with status 200 holds. */
export type Answer200 = With<Body200, "access_token">;

/** Whether a value holds the token. */
export function isAnswer200(value: unknown): value is Answer200 {
  return isObject(value) && typeof value["access_token"] === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
