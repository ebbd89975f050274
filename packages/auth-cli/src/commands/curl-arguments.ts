import { spawnSync } from "node:child_process";
import { Problem } from "../problem.ts";

/** One option given to curl. */
interface Given {
  /** Its long name. */
  readonly name: string;
  readonly value: string | undefined;
}

/** All long names that curl has, those of them that take a value, and the short letters for some. */
export interface CurlOptions {
  readonly takesValue: ReadonlyMap<string, boolean>;
  readonly letters: ReadonlyMap<string, string>;
}

/** Options that could send the token elsewhere, and why. */
const REFUSED: readonly (readonly [name: RegExp, why: string])[] = [
  [/^(url|next)$/, "only one URL gets the token, the one before curl's options"],
  [/^config$/, "options in a file are not checked"],
  [/^libcurl$/, "it writes the token to a file"],
  [/^expand-/, "the value of a variable is not known here"],
  [/^location-trusted$/, "it sends the token to other hosts; --location does not"],
  [
    /^(insecure|disable-eprt-check)$/,
    "the server might not be the vendor's; use --cacert to trust your own certificate",
  ],
];
/** Likewise, if the connection is not encrypted. */
const REFUSED_ON_HTTP = /^(connect-to|resolve|(abstract-)?unix-socket|haproxy-.*)$/;

/**
 * The options that the installed curl has, as it lists them itself.
 *
 * @throws {Problem} when there is no curl.
 */
export function curlOptions(): CurlOptions {
  const { stdout, error } = spawnSync("curl", ["--disable", "--help", "all"], { encoding: "utf8" });
  if (error) throw new Problem(`curl could not be started: ${error.message}`);
  const lines = stdout.matchAll(/^ *(?:-(\S), +)?--([\w.-]+)( [<[])?/gm);
  const all = [...lines].map(([, letter, name = "", value]) => ({
    letter,
    name,
    takesValue: value !== undefined,
  }));
  return {
    takesValue: new Map(all.map(({ name, takesValue }) => [name, takesValue])),
    letters: new Map(all.flatMap(({ letter, name }) => (letter ? [[letter, name] as const] : []))),
  };
}

/**
 * Refuses options that could send the token elsewhere, or are not known to be harmless.
 *
 * @param carriers - names of the headers that carry the token and its companions
 * @throws {Problem} that names the option.
 */
export function checkCurlArguments(
  args: readonly string[],
  { takesValue, letters }: CurlOptions,
  url: string,
  carriers: readonly string[],
): readonly Given[] {
  const given = readArguments(args, { takesValue, letters });
  const isHttp = url.startsWith("http:");
  const names = carriers.map((name) => name.toLowerCase());
  for (const { name, value = "" } of given) {
    const refused = REFUSED.find(([pattern]) => pattern.test(name));
    if (refused) throw refusal(name, refused[1]);
    if (isHttp && REFUSED_ON_HTTP.test(name))
      throw refusal(name, "over http the token stays on this machine");
    if (/^(location|follow)$/.test(name) && names.join() !== "authorization") {
      throw refusal(name, `curl sends ${carriers.join(" and ")} to any host that it is redirected to`);
    }
    const header =
      name === "cookie"
        ? "cookie"
        : name === "header"
          ? value.split(/[:;]/)[0]?.trim().toLowerCase()
          : undefined;
    if (header !== undefined && names.includes(header)) throw refusal(name, `${header} carries the token`);
  }
  return given;
}

function readArguments(args: readonly string[], { takesValue, letters }: CurlOptions): Given[] {
  const given: Given[] = [];
  const rest = [...args];
  const take = (name: string, attached: string) => {
    if (takesValue.get(name)) given.push({ name, value: attached === "" ? rest.shift() : attached });
    else given.push({ name, value: undefined });
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (/^--./.test(word)) {
      const long = word.slice(2);
      if (takesValue.has(long)) take(long, "");
      // An option that switches something off cannot switch anything on.
      else if (takesValue.get(long.replace(/^no-/, "")) !== false)
        throw new Problem(`curl has no option ${word} (write it in full)`);
    } else if (/^-./.test(word)) {
      for (let at = 1; at < word.length; at++) {
        const name = letters.get(word.charAt(at));
        if (name === undefined) throw new Problem(`curl has no option -${word.charAt(at)}`);
        take(name, word.slice(at + 1));
        if (takesValue.get(name)) break;
      }
    } else {
      throw new Problem(
        `curl: expected options after the URL, received "${word}": only one URL gets the token`,
      );
    }
  }
  return given;
}

function refusal(name: string, why: string): Problem {
  return new Problem(`curl option --${name} is refused: ${why}`);
}
