// @ts-check

/**
 * What the control endpoint tells of a vendor.
 *
 * @typedef {object} Vendor
 * @property {string} url
 * @property {string[]} tokenEndpoints
 * @property {string[]} grants
 * @property {number} lifetime
 * @property {Record<string, unknown>[]} faults
 * @property {string[]} faultBodies
 * @property {string[]} faultExamples
 * @property {Record<string, number>} counts
 */

/** @typedef {import("../src/control/trial.ts").Trial} Trial */

/**
 * Reads what there is of every vendor.
 *
 * @returns {Promise<Record<string, Vendor>>}
 */
export async function readVendors() {
  return (await control("GET", "")).vendors;
}

/**
 * Sends a request to the control endpoint.
 *
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @throws {Error} that says what the sandbox refused, or that it is not there
 */
export async function control(method, path, body) {
  const sent = fetch(`/_sandbox/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const response = await sent.catch(() => {
    throw new Error("The sandbox does not respond.");
  });
  const json = await response.json();
  if (!response.ok) throw new Error(json.error);
  return json;
}
