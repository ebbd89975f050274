/** A command line, or a repository, that a tool cannot work with. */
export class UsageProblem extends Error {
  override readonly name = "UsageProblem";
}
