import type { ExampleRequest } from "./example-request.ts";

/** A request as a curl command for a POSIX shell. */
export function curl({ method, url, headers, body, isForm, basic }: ExampleRequest): string {
  // --data-urlencode says itself that the body is a form.
  const sent = headers.filter(([name]) => !(isForm && name === "Content-Type"));
  const members = Object.entries(body);
  const options = [
    ...(basic ? [`-u ${shellWord(basic.join(":"))}`] : []),
    ...sent.map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`),
    ...(members.length === 0
      ? []
      : isForm
        ? members.map(([name, value]) => `--data-urlencode ${shellWord(`${name}=${value}`)}`)
        : [`-d ${shellWord(JSON.stringify(body))}`]),
  ];
  return [`curl -X ${method} ${shellWord(url)}`, ...options].join(" \\\n  ");
}

/** One word of a shell command. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
