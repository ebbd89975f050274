// @ts-check
import { copyOf, find } from "./dom.js";

/** @typedef {import("./api.js").Trial} Trial */

/**
 * Shows a request, the response to it and what it means.
 *
 * @param {Element} place
 * @param {Trial} trial
 */
export function showTrial(place, { request, response }) {
  const view = copyOf("trial-view");
  const status = find(view, ".status");
  const reason = find(view, ".reason");
  const kind =
    response === undefined || response.status >= 500 ? "bad" : response.status >= 400 ? "no" : "good";
  status.className = `status ${kind}`;
  status.textContent = response ? `${response.status} ${WORDS[kind]}` : "No response";
  reason.textContent = reasonFor(response);
  find(view, ".request").textContent = message(
    `${request.method} ${request.url}`,
    request.headers,
    request.body,
  );
  find(view, ".response").textContent = response
    ? message(`HTTP ${response.status}`, response.headers, response.body)
    : "none";
  place.replaceChildren(view);
}

/** @param {Trial["response"]} response */
function reasonFor(response) {
  if (!response) return "A fault cut the connection.";
  const { headers, faults } = response;
  return headers["sandbox-reason"] ?? (faults ? `Fault: ${faults.join(", ")}` : "");
}

const WORDS = { good: "Success", no: "Refused", bad: "Failure" };

/**
 * @param {string} first
 * @param {Readonly<Record<string, string>>} headers
 * @param {string} body
 */
function message(first, headers, body) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [first, ...lines, ...(body === "" ? [] : ["", pretty(body)])].join("\n");
}

/** @param {string} body */
function pretty(body) {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
