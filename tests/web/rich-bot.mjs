/** A bot that says every kind of message: one keyword each, and what it needs from its site. */

/** An SVG image of one colour, `width` by `height`. */
export const picture = (width, height, colour = "#8fb4e8") => ({
  body: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${colour}"/>
    <circle cx="50%" cy="50%" r="${Math.min(width, height) / 4}" fill="#fff"/></svg>`,
  headers: { "content-type": "image/svg+xml" },
});

/** A WAV file of `seconds` of silence: 8 bits, 8000 a second, one channel. */
export function silence(seconds) {
  const length = 8000 * seconds;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + length, 4);
  header.write("WAVEfmt ", 8);
  for (const [at, value] of [[16, 16], [24, 8000], [28, 8000], [40, length]]) header.writeUInt32LE(value, at);
  for (const [at, value] of [[20, 1], [22, 1], [32, 1], [34, 8]]) header.writeUInt16LE(value, at);
  header.write("data", 36);
  return { body: Buffer.concat([header, Buffer.alloc(length, 128)]), headers: { "content-type": "audio/wav" } };
}

export const richFiles = () => ({
  "/wide.svg": picture(1600, 900),
  "/tall.svg": picture(600, 1200, "#e0b070"),
  "/small.svg": picture(48, 48, "#70b080"),
  "/hello.wav": silence(2),
});

const savings = {
  title: "Savings account",
  text: "2.5 % a year, paid every quarter. Money is there when you need it.",
  image: "/wide.svg",
  alt: "A jar of coins",
  buttons: [{ label: "Open an account", value: "savings" }, { label: "Read the terms", url: "https://bank.example/savings" }],
};
const loan = { title: "Car loan", text: "From 4.9 %.", image: "/tall.svg", alt: "A red car", buttons: [{ label: "Apply", value: "loan" }] };
const call = { title: "Talk to us", buttons: [{ label: "Call", url: "tel:+15550100" }, { label: "Write", url: "mailto:help@bank.example" }] };

const markdown = [
  "Hello **Ada**, this is *important*: see [the prices](https://bank.example/prices) or <https://bank.example>.",
  "", "1. Take your `IBAN`", "2. Add", "   - the amount", "   - a note", "3. Send it", "", "Line one\nline two",
].join("\n");

const says = {
  image: { type: "image", url: "/wide.svg", alt: "A map of the branches", caption: "Our branches in the city" },
  tall: { type: "image", url: "/tall.svg", alt: "A tower" },
  small: { type: "image", url: "/small.svg", alt: "A dot" },
  broken: { type: "image", url: "/none.svg", alt: "A photo of the counter" },
  video: { type: "video", url: "/none.webm", alt: "How to send money", caption: "Two minutes" },
  audio: { type: "audio", url: "/hello.wav", alt: "A greeting" },
  document: { type: "document", url: "/terms.pdf", name: "Terms and conditions.pdf", caption: "12 pages" },
  cards: { type: "cards", cards: [savings, loan, call] },
  card: { type: "cards", cards: [savings] },
  markdown: { type: "text", text: markdown },
};

/** The bot; `more` are further elements by keyword. */
export const richBot = (more = {}) => JSON.stringify({
  latchkey: 1,
  id: "test-bank",
  name: "Test Bank assistant",
  settings: { fallback: { text: "That is nothing I know." } },
  dialogs: [
    { id: "default", elements: [{ type: "text", text: "Say a word." }] },
    ...Object.entries({ ...says, ...more }).map(([keyword, element]) => ({ id: keyword, keywords: [keyword], elements: [element].flat() })),
    { id: "chosen", keywords: ["savings", "loan"], elements: [{ type: "text", text: "You chose {{ lastReceivedMessage }}." }] },
  ],
});
