import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadSource } from "./load-source.mjs";

globalThis.location = new URL("http://bank.example/help/page.html");
const { linkOf, sourceOf } = await loadSource(["widget/views/address.ts"]);

const never = [
  "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\u0001javascript:alert(1)",
  "javascript://bank.example/%0aalert(1)", "data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=alert(1)>",
  "vbscript:x", "blob:http://bank.example/1", "file:///etc/passwd", "about:blank", "view-source:https://a.example", "filesystem:http://a.example/x",
  "https://", "http://[", "https://a b.example",
];

describe("O2: an address that a message links to", () => {
  const links = {
    "https://a.example/b?c=d#e": "https://a.example/b?c=d#e", "http://a.example": "http://a.example/", "/terms.pdf": "http://bank.example/terms.pdf",
    "mailto:help@a.example": "mailto:help@a.example", "tel:+15550100": "tel:+15550100", "HTTPS://A.example/B": "https://a.example/B",
  };
  for (const [address, href] of Object.entries(links)) test(`may be ${address}`, () => assert.equal(linkOf(address), href));
  for (const address of never) test(`is never ${JSON.stringify(address)}`, () => assert.equal(linkOf(address), null));
});

describe("O4: an address that something is loaded from", () => {
  const sources = ["https://a.example/b.png", "http://localhost:8080/b.png", "http://127.0.0.1/b.png", "http://[::1]/b.png", "http://bank.example/b.png"];
  for (const address of sources) test(`may be ${address}`, () => assert.equal(sourceOf(address), address));
  test("may be a path of the page's origin", () => assert.equal(sourceOf("/b.png"), "http://bank.example/b.png"));
  for (const address of [...never, "http://a.example/b.png", "http://localhost.a.example/b.png", "//a.example/b.png", "mailto:a@a.example", "tel:5"]) {
    test(`is never ${JSON.stringify(address)}`, () => assert.equal(sourceOf(address), null));
  }
});
