/** What latchkey-markdown.js makes of a text, with a Lit that writes down what it would put into the page. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadSource } from "./load-source.mjs";

globalThis.location = new URL("https://bank.example/");
globalThis.CSSStyleSheet = class { replaceSync() {} };
const { enter, view } = await loadSource(["widget/views/markdown.ts"]);

const nothing = Symbol("nothing");
class Written {
  constructor(text) { this.text = text; }
}
const escaped = (text) => String(text).replace(/[&<>"]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character]);
const write = (value) => (value === nothing ? "" : value instanceof Written ? value.text : Array.isArray(value) ? value.map(write).join("") : escaped(value));
const html = (strings, ...values) => new Written(strings.reduce((text, string, at) => text + write(values[at - 1]) + string));
enter({ adoptedStyleSheets: [] }, { html, svg: html, nothing });

/** The inside of the bubble, without what is the same everywhere. */
function shown(markdown) {
  const bubble = view({ kind: "text", text: markdown, markdown }, { botLanguage: "en", isKnown: false });
  return bubble && bubble.text.replace(/^<div[^>]*>|<\/div>$/g, "").replaceAll(' dir="auto"', "").replaceAll(' target="_blank" rel="noopener noreferrer"', " new");
}

const a = "https://a.example/";
const cases = {
  "emphasis and strong": ["*a* _b_ **c** __d__ ***e***", "<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em></p>"],
  "code": ["`a < b` and ``c`d``", "<p><code>a &lt; b</code> and <code>c`d</code></p>"],
  "a block of code": ["```js\na *b*\n  c\n```", '<pre tabindex="0"><code>a *b*\n  c</code></pre>'],
  "a link": [`[a *b*](${a} "title")`, `<p><a href=${a} new>a <em>b</em></a></p>`],
  "an address in angle brackets": ["<https://a.example/> <b@a.example>", `<p><a href=${a} new>${a}</a> <a href=mailto:b@a.example new>b@a.example</a></p>`],
  "a link without words": [`[](${a})`, `<p><a href=${a} new>${a}</a></p>`],
  "a path of the page": ["[a](/b)", "<p><a href=https://bank.example/b new>a</a></p>"],
  "lists": ["- a\n- b\n  1. c", "<ul><li>a</li><li>b<ol start=1><li>c</li></ol></li></ul>"],
  "a list that starts later": ["3. a\n4. b", "<ol start=3><li>a</li><li>b</li></ol>"],
  "a loose list": ["- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"],
  "line breaks, hard and soft": ["a\nb  \nc\\\nd", "<p>a<br>b<br>c<br>d</p>"],
  "paragraphs": ["a\n\n\nb", "<p>a</p><p>b</p>"],
  "headings": ["# a *b*\n\nc\n---", "<p><strong>a <em>b</em></strong></p><p><strong>c</strong></p>"],
  "a quotation": ["> a\n> *b*", "<p>a<br><em>b</em></p>"],
  "a rule": ["a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"],
  "an image": [`![a](${a})`, `<p><a href=${a} new>a</a></p>`],
  "an image in a link": [`[![a](/b.png) *c*](${a})`, `<p><a href=${a} new>a <em>c</em></a></p>`],
  "escapes": ["\\*a\\* \\<b\\> \\[c\\](d) \\&amp; 2 \\* 3", "<p>*a* &lt;b&gt; [c](d) &amp;amp; 2 * 3</p>"],
  "HTML": ["a <b>b</b>\n\n<script>alert(1)</script>\n\n<div>*c*</div>", "<p>a &lt;b&gt;b&lt;/b&gt;</p><p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>&lt;div&gt;<em>c</em>&lt;/div&gt;</p>"],
  "a comment and a declaration": ["<!-- a --> <!DOCTYPE b> <?c?> <![CDATA[d]]>", "<p>&lt;!-- a --&gt; &lt;!DOCTYPE b&gt; &lt;?c?&gt; &lt;![CDATA[d]]&gt;</p>"],
  "character references": ["&amp; &lt;b&gt; &#60;c&#62;", "<p>&amp;amp; &amp;lt;b&amp;gt; &lt;c&gt;</p>"],
  "a definition": ["[a]: javascript:alert(1)\n\n[a] [b][a]", "<p>[a]: javascript:alert(1)</p><p>[a] [b][a]</p>"],
  "a table, a strike and a bare address": ["~~a~~ https://a.example\n\n|a|\n|-|\n|b|", "<p>~~a~~ https://a.example</p><p>|a|<br>|-|<br>|b|</p>"],
  "a value in code": ["`AB\\-12 2\\,418\\.32`", "<p><code>AB-12 2,418.32</code></p>"],
  "a value in an address in angle brackets": ["<https://a.example/x\\-y>", "<p><a href=https://a.example/x-y new>https://a.example/x-y</a></p>"],
  "lines that begin far in": ["a\n\n    b *c*", "<p>a</p><p>    b <em>c</em></p>"],
};

describe("markup", () => {
  for (const [name, [markdown, expected]] of Object.entries(cases)) test(name, () => assert.equal(shown(markdown), expected));
});

describe("O2: a link that leads to none of http, https, mailto and tel is words", () => {
  const hostile = [
    "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](<java\tscript:alert(1)>)", "[a](data:text/html,x)", "[a](vbscript:x)", "![a](javascript:alert(1))",
    "[a](javascript&colon;alert(1))x", "[a](&#106;avascript:alert(1))", "[![a](data:image/svg+xml,x)](javascript:x)", "[a](blob:https://a.example/1)", "<javascript:alert(1)>",
    '[a](https://a.example" onclick="alert(1))',
  ];
  for (const markdown of hostile) {
    test(markdown, () => assert.doesNotMatch(shown(markdown), /href=(?!https:|mailto:|tel:)|<(?!\/?(p|a)\b)|" onclick/));
  }
});

describe("O1, A4: what a user or an API said", () => {
  const authors = ["**@**", "Hi @ *x*", `[@](${a})`, "1. @\n2. b", "- @\n- *c*", "*a @ b*", "**a** @", "_@_ x", "*x* @\n@", "# @ *x*", "> @ *x*", `*x* [y](${a}) @ [z](${a})`];
  const pieces = [..."ab 12*_`[]()<>!\\#-+.&;:/~|\"'={}^$%@,?\n", "\n\n", "    ", "](", "<b>", "javascript:", "![", "```", "1. ", "- ", "> "];
  const asEngine = (value) => value.replace(/[!-/:-@[-`{-~]/g, "\\$&");
  const tags = (text) => text.match(/<[^>]*>/g).filter((tag) => !/^<\/?(p|br)>$/.test(tag)).join("");
  const kinds = (text) => text.match(/<\w+/g).filter((kind) => !["<p", "<br"].includes(kind));
  const words = (text) => text.replace(/<br>|<\/p><p>/g, " ").replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim();
  let seed = 7;
  const below = (most) => (seed = (seed * 48271) % 2147483647) % most;

  test("never turns into markup, whatever it is", () => {
    for (let round = 0; round < 20_000; round++) {
      const author = authors[below(authors.length)];
      const value = `x${Array.from({ length: 1 + below(8) }, () => pieces[below(pieces.length)]).join("")}x`;
      const markdown = author.replaceAll("@", () => asEngine(value));
      const plain = shown(author.replaceAll("@", "xyx"));
      const broken = /\n\s*\n/.test(value) || /\n/.test(value) && /^(?:#|>|\d|-)/.test(author);
      // A value of several lines may end a list or what spans a line; it begins nothing that the author did not.
      if (broken) assert.deepEqual(kinds(shown(markdown)).filter((kind) => !kinds(plain).includes(kind)), [], markdown);
      else assert.equal(tags(shown(markdown)), tags(plain), markdown);
      if (!broken) assert.equal(words(shown(markdown)), words(plain.replaceAll("xyx", () => escaped(value))), markdown);
    }
  });
});

describe("a text that is made to take long", () => {
  const long = {
    "quoted": ">".repeat(7900), "listed": "- ".repeat(3900) + "a", "brackets": "[".repeat(7900), "links": "[a](".repeat(1900),
    "emphasis": "*a ".repeat(2600), "stars": "a**b".repeat(1900), "images": "![".repeat(3900), "ticks": Array.from({ length: 124 }, (_, at) => "`".repeat(at)).join(" "),
    "tags": "<a".repeat(3900), "strong in strong": `${"**a _b ".repeat(700)}${"_ **".repeat(700)}`,
  };
  for (const [name, markdown] of Object.entries(long)) {
    test(name, () => {
      assert.ok(markdown.length > 7000 && markdown.length <= 8000);
      const before = process.cpuUsage();
      shown(markdown);
      // Of the processor's time, for the machine may be busy with other tests.
      assert.ok(process.cpuUsage(before).user < 1.5e6);
    });
  }

  test("is plain when it is longer than anybody marks up, and as written where it is deeper", () => {
    assert.equal(shown("*a* ".repeat(2001)), null);
    assert.match(shown(`${"> ".repeat(8)}- - - *a*`), /\*a\*/);
    assert.equal(view({ kind: "text", text: "a" }, {}), null);
  });
});
