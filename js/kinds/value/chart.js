// @ts-check
/** A bar chart from typed numbers, with the same numbers as its text alternative. */
import { svg } from "../../base/dom.js";

/** @typedef {{label: string, value: number|null}} Bar */

/**
 * Round steps for an axis from 0 to at least the largest value: 1, 2 or 5 times a power of ten, at most six of them.
 *
 * @param {number} largest
 * @returns {number[]}
 */
export function ticks(largest) {
  const top = largest > 0 ? largest : 1;
  const power = 10 ** Math.floor(Math.log10(top / 5));
  const step = Math.max(
    top <= 5 && Number.isInteger(top) ? 1 : 0,
    [1, 2, 5, 10].map((times) => times * power).find((size) => top / size <= 5.0001) ?? 10 * power,
  );
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/**
 * Break a label into lines of at most so many characters, at spaces.
 *
 * @param {string} text
 * @param {number} most
 * @returns {string[]}
 */
export function wrap(text, most) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/u)) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + word.length <= most) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * @param {import("../../base/types.js").Translate} t
 * @param {{bars: Bar[], title: string, xLabel: string, yLabel: string, width: number}} chart
 */
export function barChart(t, { bars, title, xLabel, yLabel, width }) {
  const size = Math.max(250, Math.min(640, width || 560));
  const band = (size - 70) / bars.length;
  const lines = bars.map(({ label }) => wrap(label, Math.max(4, Math.floor(band / 6.6))));
  const slanted = lines.some((line) => line.length > 3 || line.some((part) => part.length * 6.6 > band));
  const below = slanted
    ? Math.min(120, 14 + Math.max(...bars.map(({ label }) => label.length)) * 4.6)
    : 10 + 14 * Math.max(...lines.map((line) => line.length));
  const titles = wrap(title || t("chart.noTitle"), Math.floor(size / 8));
  const left = 52;
  const top = 26 + 20 * titles.length;
  const inner = 190;
  const base = top + inner;
  const height = base + below + 30;
  const steps = ticks(Math.max(0, ...bars.map(({ value }) => value ?? 0)));
  const scale = (/** @type {number} */ value) => base - (inner * Math.max(0, value)) / steps[steps.length - 1];
  const told = bars.map(({ label, value }) => t("chart.bar", { label, value: value ?? t("chart.noValue") })).join(", ");
  const picture = svg("svg", {
    class: "cd-chart-picture",
    viewBox: `0 0 ${size} ${height}`,
    role: "img",
    "aria-label": t("chart.alt", {
      title: title || t("chart.noTitle"),
      x: xLabel || t("chart.noLabel"),
      y: yLabel || t("chart.noLabel"),
      bars: told,
    }),
  });
  titles.forEach((line, index) =>
    picture.append(
      svg(
        "text",
        {
          class: title ? "cd-chart-title" : "cd-chart-title cd-chart-empty",
          x: size / 2,
          y: 20 + 20 * index,
          "text-anchor": "middle",
        },
        line,
      ),
    ),
  );
  for (const value of steps) {
    picture.append(
      svg("line", {
        class: value ? "cd-chart-grid" : "cd-chart-axis",
        x1: left,
        x2: size - 8,
        y1: scale(value),
        y2: scale(value),
      }),
    );
    picture.append(
      svg("text", { class: "cd-chart-tick", x: left - 7, y: scale(value) + 4, "text-anchor": "end" }, String(value)),
    );
  }
  bars.forEach(({ label, value }, index) => {
    const middle = left + band * (index + 0.5);
    const half = Math.min(26, band * 0.34);
    if (value !== null && value > 0) {
      picture.append(
        svg("rect", {
          class: "cd-chart-bar",
          x: middle - half,
          y: scale(value),
          width: 2 * half,
          height: base - scale(value),
        }),
      );
    }
    if (value !== null)
      picture.append(
        svg(
          "text",
          { class: "cd-chart-value", x: middle, y: scale(value) - 6, "text-anchor": "middle" },
          String(value),
        ),
      );
    if (slanted) {
      const short = label.length > 24 ? `${label.slice(0, 23)}…` : label;
      picture.append(
        svg(
          "text",
          {
            class: "cd-chart-label",
            x: middle + 4,
            y: base + 14,
            "text-anchor": "end",
            transform: `rotate(-35 ${middle + 4} ${base + 14})`,
          },
          short,
        ),
      );
    } else {
      lines[index].forEach((line, row) =>
        picture.append(
          svg("text", { class: "cd-chart-label", x: middle, y: base + 16 + 14 * row, "text-anchor": "middle" }, line),
        ),
      );
    }
  });
  picture.append(
    svg(
      "text",
      {
        class: xLabel ? "cd-chart-axis-label" : "cd-chart-axis-label cd-chart-empty",
        x: left + (size - left) / 2,
        y: height - 8,
        "text-anchor": "middle",
      },
      xLabel || t("chart.noXLabel"),
    ),
  );
  const middle = top + inner / 2;
  picture.append(
    svg(
      "text",
      {
        class: yLabel ? "cd-chart-axis-label" : "cd-chart-axis-label cd-chart-empty",
        x: 14,
        y: middle,
        "text-anchor": "middle",
        transform: `rotate(-90 14 ${middle})`,
      },
      yLabel || t("chart.noYLabel"),
    ),
  );
  return picture;
}
