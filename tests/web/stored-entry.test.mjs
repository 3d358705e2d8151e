import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadSource } from "./load-source.mjs";

const { isEntry } = await loadSource(["stored-entry.ts"]);

const said = (message) => ({ from: "bot", at: 1, message });
const card = { title: "A", text: "b", image: "/c.png", alt: "d", buttons: [{ label: "e", value: null }, { label: "f", url: "/g" }] };

const good = {
  "a text": said({ kind: "text", text: "" }),
  "a text with markup": said({ kind: "text", text: "a", markdown: "*a*" }),
  "an image": said({ kind: "image", url: "/a.png", alt: "a", caption: "b" }),
  "an image whose alt came out empty": said({ kind: "image", url: "/a.png" }),
  "a video": said({ kind: "video", url: "https://a.example/b.mp4" }),
  "a sound": said({ kind: "audio", url: "/a.mp3", caption: "a" }),
  "a document": said({ kind: "document", url: "/a.pdf", name: "a" }),
  "cards": said({ kind: "cards", cards: [card, { title: "A" }] }),
  "what the user said": { from: "user", at: 1, text: "a" },
  "something secured": { from: "user", at: 1, text: "a", secured: true },
  "a notice": { from: "notice", at: 1, notice: "signedIn" },
};

const withCard = (change) => said({ kind: "cards", cards: [card, { ...card, ...change }] });
const bad = {
  "nothing": null,
  "a word": "bot",
  "no instant": { from: "user", text: "a" },
  "an instant in words": { from: "user", at: "1", text: "a" },
  "nobody's": { from: "nobody", at: 1, text: "a" },
  "a name of every object": { from: "constructor", at: 1 },
  "secured by a word": { from: "user", at: 1, text: "a", secured: "yes" },
  "not secured, in so many words": { from: "user", at: 1, text: "a", secured: false },
  "a number said": { from: "user", at: 1, text: 5 },
  "an unknown notice": { from: "notice", at: 1, notice: "toString" },
  "no message": { from: "bot", at: 1 },
  "a message that is null": said(null),
  "a message without a kind": said({ text: "a" }),
  "an unknown kind": said({ kind: "script", text: "a", url: "/a" }),
  "a kind of every object": said({ kind: "__proto__", text: "a" }),
  "a text that is an object": said({ kind: "text", text: {} }),
  "markup that is null": said({ kind: "text", text: "a", markdown: null }),
  "markup in a list": said({ kind: "text", text: "a", markdown: ["a"] }),
  "no address": said({ kind: "image", alt: "a" }),
  "an address in a list": said({ kind: "video", url: ["/a"] }),
  "an alt that is no text": said({ kind: "image", url: "/a", alt: 1 }),
  "a caption that is no text": said({ kind: "audio", url: "/a", caption: {} }),
  "a name that is no text": said({ kind: "document", url: "/a", name: false }),
  "no cards": said({ kind: "cards" }),
  "cards like a list": said({ kind: "cards", cards: { length: 1, 0: card } }),
  "a card that is null": said({ kind: "cards", cards: [null] }),
  "a card without a title": withCard({ title: undefined }),
  "a card's text that is no text": withCard({ text: 1 }),
  "a card's image that is no text": withCard({ image: {} }),
  "a card's alt that is no text": withCard({ alt: [] }),
  "buttons like a list": withCard({ buttons: { length: 0 } }),
  "a button that is null": withCard({ buttons: [null] }),
  "a button without a label": withCard({ buttons: [{ value: 1 }] }),
  "a button that does nothing": withCard({ buttons: [{ label: "a" }] }),
  "a button's address that is null": withCard({ buttons: [{ label: "a", url: null }] }),
  "a button's address that is a list": withCard({ buttons: [{ label: "a", value: 1, url: ["javascript:1"] }] }),
};

describe("what was stored is an entry", () => {
  for (const [name, entry] of Object.entries(good)) {
    test(name, () => assert.equal(isEntry(JSON.parse(JSON.stringify(entry))), true));
  }
});

describe("what was stored is no entry", () => {
  for (const [name, entry] of Object.entries(bad)) {
    test(name, () => assert.equal(isEntry(JSON.parse(JSON.stringify(entry))), false));
  }
});
