import { describe, expect, it } from "vitest";
import { contentFirst, withoutDataUrls, withoutInlineScripts } from "./harden.ts";

describe("withoutInlineScripts", () => {
  const saved: string[] = [];
  const save = (script: string) => {
    saved.push(script);
    return "/a.js";
  };

  it("makes one file of all scripts, at the start of the head", () => {
    const page = `<head><title>A</title><script id="a">let a = 1 < 2;</script></head><script>let b;</script>`;
    expect(withoutInlineScripts(page, save)).toBe(
      `<head>\n    <script src="/a.js"></script><title>A</title></head>`,
    );
    expect(saved.at(-1)).toBe("let a = 1 < 2;\nlet b;");
  });

  it("leaves files and empty scripts alone", () => {
    const page = `<head><script src="/b.js"></script><script> </script></head>`;
    expect(withoutInlineScripts(page, save)).toBe(page);
  });

  it("refuses a script that would run at another time in another place", () => {
    expect(() => withoutInlineScripts(`<script type="module">1</script>`, save)).toThrow(
      'expected plain inline scripts, found <script type="module">',
    );
  });
});

it("modules are loaded after what is visible", () => {
  const page = `<link rel="modulepreload" href="/a.js"><link rel="stylesheet" href="/a.css"><script type="module" src="/b.js">`;
  expect(contentFirst(page)).toBe(
    `<link rel="modulepreload" fetchpriority="low" href="/a.js"><link rel="stylesheet" href="/a.css"><script type="module" fetchpriority="low" src="/b.js">`,
  );
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

  it("refuses a media type that it does not know", () => {
    expect(() => read(`url("data:image/png;base64,aGk=")`)).toThrow(
      "a data: URL of image/png: expected one of image/svg+xml, application/font-woff",
    );
  });
});
