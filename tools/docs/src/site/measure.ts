/** Prints what pages of the built site cost a visitor on a slow line, as hosts serve them, compressed: `node src/site/measure.ts [page...]`. */
import { startChromium } from "@org/browser/chromium";
import { allPages, serveSite } from "./built-site.ts";

/** Bits a second and milliseconds of what Lighthouse calls slow 4G. */
const LINE = { down: 1_600_000, up: 750_000, latency: 150 };

await using site = await serveSite({ compressed: true });
await using browser = await startChromium();

console.log(
  "| page | requests | KB | first content, s | largest content, s | CLS |\n| - | -: | -: | -: | -: | -: |",
);
const asked = process.argv.slice(2);
for (const page of asked.length > 0 ? asked : allPages) {
  const cells = await measured(`${site.origin}/${page}`);
  console.log(`| ${[page, ...cells].join(" | ")} |`);
}

async function measured(url: string): Promise<(number | string)[]> {
  await using context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: LINE.latency,
    downloadThroughput: LINE.down / 8,
    uploadThroughput: LINE.up / 8,
  });
  let [requests, bytes] = [0, 0];
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    requests += 1;
    bytes += encodedDataLength;
  });
  await page.addInitScript(`
    globalThis.seen = { shift: 0, largest: 0 };
    const watch = (type, use) => new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({ type, buffered: true });
    watch("layout-shift", (entry) => { seen.shift += entry.value; });
    watch("largest-contentful-paint", (entry) => { seen.largest = entry.startTime; });
  `);
  await page.goto(url, { waitUntil: "networkidle", timeout: 120_000 });
  const { first, largest, shift } = await page.evaluate<Record<"first" | "largest" | "shift", number>>(
    '({ ...seen, first: performance.getEntriesByName("first-contentful-paint")[0].startTime })',
  );
  return [
    requests,
    Math.round(bytes / 1024),
    (first / 1000).toFixed(2),
    (largest / 1000).toFixed(2),
    shift.toFixed(3),
  ];
}
