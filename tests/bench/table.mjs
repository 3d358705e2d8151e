/** Tables of Markdown, and figures with their units. */

const line = (cells) => `| ${cells.join(" | ")} |\n`;

export const table = (head, rows) => line(head) + line(head.map(() => "---")).replaceAll(" ", "") + rows.map(line).join("");

/** Three digits are as many as a measurement is good for. */
const short = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

export const whole = (value) => Math.round(value).toLocaleString("en");
export const ratio = (value) => short(value);
export const microseconds = (value) => `${short(value)} µs`;
export const milliseconds = (value) => `${short(value)} ms`;
export const seconds = (value) => `${value.toFixed(2)} s`;
export const kilobytes = (value) => `${short(value / 1024)} KB`;
export const bytes = (value) => (value < 1024 ? `${Math.round(value)} bytes` : kilobytes(value));

/** Figures with the most that each may be, where there is a goal: rows of [what, value, format, most or nothing]. */
export function figures(rows) {
  const cells = rows.map(([what, value, format, most]) =>
    [what, `${format(value)}${most !== undefined && value > most ? " (over)" : ""}`, most === undefined ? "" : format(most)]);
  return table(["what", "figure", "at most"], cells);
}
