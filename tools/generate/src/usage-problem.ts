/** A command line, or a repository, that the generator cannot work with. */
export class UsageProblem extends Error {
  override readonly name = "UsageProblem";
}
