import type { CreateClient, Feature } from "./subject.ts";
import subjects from "./subjects.json" with { type: "json" };

/** A library under measurement. */
export interface Subject {
  /** What tables call it. */
  readonly label: string;
  /** The npm package that is measured. */
  readonly package: string;
  /** The exports that a program would import, for bundling; `from` where they are not the package's own. */
  readonly bundled: string;
  readonly from?: string;
  /** Features it lacks, and in a few words why. */
  readonly lacks: Readonly<Partial<Record<Feature, string>>>;
}

/** By the name of the module that sets the library up, in the order in which tables show them; ours comes first. */
export const SUBJECTS: Readonly<Record<string, Subject>> = subjects;

/** Their names. */
export const SUBJECT_IDS: readonly string[] = Object.keys(SUBJECTS);

/** What a table calls a library. */
export function label(id: string): string {
  return SUBJECTS[id]?.label ?? id;
}

/** The path from `tools/bench` of the module that sets a library up. */
export function subjectFile(id: string): string {
  return id === "ours" ? "src/subjects/ours.ts" : `peers/subjects/${id}.ts`;
}

/** Loads one library, into a process that loads no other. */
export async function loadSubject(id: string): Promise<CreateClient> {
  const { create } = (await import(new URL(`../${subjectFile(id)}`, import.meta.url).href)) as {
    create: CreateClient;
  };
  return create;
}
