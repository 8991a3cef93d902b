/** Curves as SVG. */

import { format, h, s } from "./dom.js";

/** Lines differ in colour (Okabe and Ito's, see the style sheet) and in their dashes. */
const DASHES = ["", "6 4", "2 3", "8 3 2 3", "1 2", "10 4"];

/**
 * @typedef {{name: string, points: [number, number | null][], colour?: number, dash?: number, faint?: boolean}} Series
 * @typedef {{title: string, x: string, y: string, logX?: boolean, logY?: boolean, from?: number, to?: number,
 *   marker?: [number, number] | null, height?: number}} Options from, to: of the y axis, where they are known
 */

const WIDTH = 340;
const LEFT = 48;
const BOTTOM = 34;
const TOP = 10;
const RIGHT = 12;

/**
 * A figure with a legend, and a sentence for those who do not see it.
 * @param {Series[]} series
 * @param {Options} options
 */
export function lineChart(series, options) {
  const height = options.height ?? 210;
  const points = series.flatMap((each) => each.points.filter((p) => p[1] !== null));
  const [x0, x1] = range(
    points.map((p) => p[0]),
    options.logX,
  );
  let [y0, y1] = range(/** @type {number[]} */ (points.map((p) => p[1])), options.logY);
  y0 = options.from ?? y0;
  y1 = options.to ?? (options.logY ? y1 : y1 + (y1 - y0) * 0.05);
  const place = scaleOf(x0, x1, LEFT, WIDTH - RIGHT, options.logX);
  const up = scaleOf(y0, y1, height - BOTTOM, TOP, options.logY);
  const svg = s("svg", {
    class: "chart",
    viewBox: `0 0 ${WIDTH} ${height}`,
    role: "img",
    "aria-label": spoken(series, options),
  });
  for (const tick of ticks(y0, y1, options.logY)) {
    svg.append(
      s("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: up(tick), y2: up(tick) }),
      s("text", { x: LEFT - 6, y: up(tick) + 4, "text-anchor": "end" }, format(tick, 3)),
    );
  }
  for (const tick of ticks(x0, x1, options.logX)) {
    svg.append(s("text", { x: place(tick), y: height - BOTTOM + 15, "text-anchor": "middle" }, format(tick, 3)));
  }
  svg.append(s("text", { x: (LEFT + WIDTH) / 2, y: height - 3, "text-anchor": "middle" }, options.x));
  series.forEach((each, i) => svg.append(s("path", { d: path(each.points, place, up), ...look(each, i) })));
  if (options.marker) {
    svg.append(
      s("line", {
        class: "grid",
        x1: place(options.marker[0]),
        x2: place(options.marker[0]),
        y1: TOP,
        y2: height - BOTTOM,
      }),
      s("circle", { cx: place(options.marker[0]), cy: up(Math.min(options.marker[1], y1)), r: 5, class: "here" }),
    );
  }
  const key =
    series.length > 1
      ? h(
          "p",
          { class: "legend" },
          ...series.map((each, i) =>
            h(
              "span",
              null,
              s(
                "svg",
                { viewBox: "0 0 26 10", "aria-hidden": "true" },
                s("line", { x1: 0, x2: 26, y1: 5, y2: 5, "stroke-width": 2.5, ...look(each, i) }),
              ),
              each.name,
            ),
          ),
        )
      : null;
  return h(
    "figure",
    { class: "chart-figure" },
    h("figcaption", null, h("strong", { class: "small" }, options.title)),
    svg,
    key,
  );
}

/** @param {Series} each @param {number} i */
function look(each, i) {
  return {
    class: `line c${(each.colour ?? i) % DASHES.length}`,
    "stroke-dasharray": DASHES[(each.dash ?? each.colour ?? i) % DASHES.length] || null,
    opacity: each.faint ? 0.45 : null,
  };
}

/** @param {[number, number | null][]} points @param {(x: number) => number} place @param {(y: number) => number} up */
function path(points, place, up) {
  let pen = false;
  let d = "";
  for (const [x, y] of points) {
    if (y === null || !Number.isFinite(y)) {
      pen = false;
      continue;
    }
    d += `${pen ? "L" : "M"}${place(x).toFixed(1)} ${Math.max(-50, up(y)).toFixed(1)}`;
    pen = true;
  }
  return d;
}

/** @param {number[]} values @param {boolean | undefined} log @returns {[number, number]} */
function range(values, log) {
  const good = values.filter((v) => Number.isFinite(v) && (!log || v > 0));
  if (!good.length) return log ? [0.1, 1] : [0, 1];
  const low = good.reduce((a, b) => Math.min(a, b));
  const high = good.reduce((a, b) => Math.max(a, b));
  if (log) return [low, high > low ? high : low * 10];
  return [low, high > low ? high : low + 1];
}

/** @param {number} from @param {number} to @param {number} a @param {number} b @param {boolean | undefined} log */
function scaleOf(from, to, a, b, log) {
  const f = log ? (/** @type {number} */ v) => Math.log(Math.max(v, 1e-12)) : (/** @type {number} */ v) => v;
  return (/** @type {number} */ value) => a + ((f(value) - f(from)) / (f(to) - f(from) || 1)) * (b - a);
}

/** Round numbers along an axis. @param {number} from @param {number} to @param {boolean | undefined} log */
function ticks(from, to, log) {
  if (log) {
    const found = [];
    const first = Math.ceil(Math.log10(from) - 1e-9);
    const last = Math.floor(Math.log10(to) + 1e-9);
    const every = Math.max(1, Math.ceil((last - first + 1) / 5));
    for (let power = first; power <= last; power += every) found.push(10 ** power);
    return found.length > 1 ? found : [from, to];
  }
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough || 1));
  const step = [1, 2, 5, 10].map((m) => m * power).find((each) => each >= rough) ?? power;
  const found = [];
  for (let at = Math.ceil(from / step - 1e-9) * step; at <= to + step * 1e-9; at += step)
    found.push(Number(at.toPrecision(10)));
  return found;
}

/** @param {Series[]} series @param {Options} options */
function spoken(series, options) {
  const ends = series.map((each) => {
    const known = each.points.filter((p) => p[1] !== null);
    const last = known.at(-1);
    return last
      ? `${each.name}: ${format(/** @type {number} */ (last[1]), 3)} at ${format(last[0], 3)}`
      : `${each.name}: nothing yet`;
  });
  return `${options.title}. ${ends.join("; ")}.`;
}
