import { describe, expect, it } from "vitest";
import { withoutDataUrls } from "./data-urls.ts";
import { withoutInlineScripts } from "./harden.ts";

describe("withoutInlineScripts", () => {
  const saved: string[] = [];
  const save = (script: string) => {
    saved.push(script);
    return "/a.js";
  };

  it("makes a file of a script, and keeps its attributes", () => {
    const page = `<script type="module">let a = 1 < 2;</script>`;
    expect(withoutInlineScripts(page, save)).toBe(`<script type="module" src="/a.js"></script>`);
    expect(saved.at(-1)).toBe("let a = 1 < 2;");
  });

  it("leaves files and empty scripts alone", () => {
    const page = `<script src="/b.js"></script><script> </script>`;
    expect(withoutInlineScripts(page, save)).toBe(page);
  });
});

describe("withoutDataUrls", () => {
  const read = (css: string) => {
    const files: string[] = [];
    const text = withoutDataUrls(css, (contents, ending) => {
      files.push(`${ending}: ${contents}`);
      return `f.${ending}`;
    });
    return { text, files };
  };

  it("makes a file of a picture in escaped text", () => {
    expect(read(`a { b: url("data:image/svg+xml,%3Csvg width='100%'/%3E") }`)).toEqual({
      text: `a { b: url("f.svg") }`,
      files: ["svg: <svg width='100%'/>"],
    });
  });

  it("makes a file of a font in base64, without quotes", () => {
    expect(read("url(data:application/font-woff;base64,aGk=)")).toEqual({
      text: `url("f.woff")`,
      files: ["woff: hi"],
    });
  });

  it("leaves other URLs alone", () => {
    expect(read(`url("a.svg") url(#b)`).text).toBe(`url("a.svg") url(#b)`);
  });

  it("refuses what it does not know", () => {
    expect(() => read(`url("data:image/png;base64,aGk=")`)).toThrow(
      "a data: URL of image/png: expected one of image/svg+xml, application/font-woff",
    );
  });
});
