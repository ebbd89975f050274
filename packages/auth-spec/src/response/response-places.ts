import { children, nodeAt, type Place, step, textOf } from "../document.ts";
import { followExpression, HEADER, type Reached, WHOLE_BODY } from "../expression.ts";
import { type Report, shown } from "../problem.ts";
import { branches, exampleValues, sampleOf } from "../schema.ts";

/** Media types of JSON, such as `application/problem+json`. */
export const JSON_TYPE: RegExp = /^application\/([\w.-]+\+)?json$/;

/** Follows the runtime expression at a place into a response; reports a problem and returns nothing if it leads nowhere. */
export function followIntoResponse(member: Place, response: Place, report: Report): Reached | undefined {
  const expression = textOf(member.value);
  if (expression === WHOLE_BODY) return wholeBody(member, response, report);
  if (expression.startsWith(HEADER)) return header(member, expression.slice(HEADER.length), response, report);
  const schema = bodySchema(response, report);
  return schema && followExpression(member, schema, report);
}

/** The headers of a response with a value for each: its example, else one that its schema allows. */
export function exampleHeaders(response: Place): Record<string, string> {
  return Object.fromEntries(
    children(step(response, "headers")).map(([name, described]) => {
      const [[, example] = []] = exampleValues(described);
      return [name, textOf(example ?? sampleOf(step(described, "schema")))];
    }),
  );
}

function wholeBody(member: Place, response: Place, report: Report): Reached | undefined {
  const [[, media] = []] = children(step(response, "content"));
  if (media) return { targets: branches(step(media, "schema")), required: true, jsonText: undefined };
  const expected = "content such as text/plain with a schema, whose text the expression means";
  report("expression-resolves", member, expected, "no content");
  return undefined;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.1 RFC 9110, section 5.1}: header names are case-insensitive */
function header(member: Place, name: string, response: Place, report: Report): Reached | undefined {
  const described = children(step(response, "headers"));
  const [, found] = described.find(([key]) => key.toLowerCase() === name.toLowerCase()) ?? [];
  if (found) {
    const required = nodeAt(found).required === true;
    return { targets: branches(step(found, "schema")), required, jsonText: undefined };
  }
  const known = described.map(([key]) => key).join(", ") || "it has none";
  report("expression-resolves", member, `a header that the response describes: ${known}`, shown(name));
  return undefined;
}

/** The schema of the body that the extensions of a response read. */
function bodySchema(response: Place, report: Report): Place | undefined {
  const content = children(step(response, "content"));
  const [, media] = content.find(([type]) => JSON_TYPE.test(type)) ?? [];
  const schema = media && step(media, "schema");
  if (schema?.value !== undefined) return schema;
  const types = content.map(([type]) => type);
  const expected = "content of application/json with a schema, which the extension reads";
  report("expression-resolves", response, expected, types.join(", ") || "no content");
  return undefined;
}
