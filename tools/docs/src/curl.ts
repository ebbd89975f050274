import type { ExampleRequest } from "./example-request.ts";

/** A request as a curl command for a POSIX shell. */
export function curl({ method, url, headers, body, isForm, basic }: ExampleRequest): string {
  const json = JSON.stringify(Object.fromEntries(body));
  // --data-urlencode says itself that the body is a form.
  const sent = headers.filter(([name]) => !(isForm && name === "Content-Type"));
  const options = [
    ...(basic ? [`-u ${shellWord(basic.join(":"))}`] : []),
    ...sent.map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(body.length === 0
      ? []
      : isForm
        ? body.map(([name, value]) => `--data-urlencode ${shellWord(`${name}=${value}`)}`)
        : [`-d ${shellWord(json)}`]),
  ];
  return [`curl -X ${method} ${shellWord(url)}`, ...options].join(" \\\n  ");
}

/** One word of a shell command. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
