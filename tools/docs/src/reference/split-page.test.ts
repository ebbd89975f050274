import { describe, expect, it } from "vitest";
import { splitPage } from "./split-page.ts";

const PAGE = `<head></head><body><div id="redoc"><div hidden=""><script>try{}catch(e){}</script></div><a href="/authentication">A</a>
<img src="https://cdn.redoc.ly/redoc/logo-mini-full.svg"></div>
<script type="module">
const a = "<\\/script>";export{hydrate,init};

      const __redoc_definition = {"a":1};
      hydrate(__redoc_definition);
</script></body>`;

describe("splitPage", () => {
  const files = splitPage("acme", PAGE);

  it("leaves no script in the page", () => {
    expect(files["acme.html"]).toContain(`<script type="module" src="./acme.js"></script></body>`);
    expect(files["acme.html"]).toContain(`<div hidden=""><script></script></div>`);
  });

  it("keeps the bundle, which pages share, apart from what is the page's own", () => {
    expect(files["redoc.js"]).toBe(`const a = "<\\/script>";export{hydrate,init};`);
    expect(files["acme.js"]).toMatch(
      /^import \{ hydrate \} from "\.\/redoc\.js";\n\nconst __redoc_definition = \{"a":1\};/,
    );
  });

  it("asks no other host for a picture", () => {
    expect(files["acme.html"]).toContain(`<img src="./redoc.svg">`);
  });

  it("makes links into the page of what Redoc renders as paths", () => {
    expect(files["acme.html"]).toContain(`<a href="#/authentication">`);
  });

  it("refuses a page that is built otherwise", () => {
    expect(() => splitPage("acme", "<html></html>")).toThrow('with a "const __redoc_definition"');
    expect(() => splitPage("acme", PAGE.replace("hydrate,init", "start"))).toThrow('that exports "hydrate"');
  });
});
