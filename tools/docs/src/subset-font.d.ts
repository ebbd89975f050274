declare module "subset-font" {
  /** A font with these characters, and with its axes pinned or limited. */
  export default function subsetFont(font: Buffer, characters: string, options: object): Promise<Buffer>;
}
