/** Colour maps: ink for pictures, red and blue about 0 for signed numbers; each for light and for dark. */

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The stops are those of Matplotlib's RdBu_r, which the pictures of `glassnet plot` use too. */
const LIGHT = [
  "#053061",
  "#2166ac",
  "#4393c3",
  "#92c5de",
  "#d1e5f0",
  "#f7f7f7",
  "#fddbc7",
  "#f4a582",
  "#d6604d",
  "#b2182b",
  "#67001f",
];
const DARK = [
  "#b5dcff",
  "#7fbdf2",
  "#4c98d8",
  "#2d6ea6",
  "#234a6b",
  "#20262e",
  "#6b342f",
  "#a64a3d",
  "#d8654f",
  "#f39478",
  "#ffd0bf",
];
const INK = ["#ffffff", "#101418"];
const CHALK = ["#12161b", "#f4f7fa"];

/** @type {Map<string, Uint8ClampedArray>} */
const tables = new Map();

/**
 * 256 colours, four bytes each.
 * @param {"diverging" | "ink"} name
 */
export function table(name) {
  const stops = name === "ink" ? (dark.matches ? CHALK : INK) : dark.matches ? DARK : LIGHT;
  const key = stops.join();
  let found = tables.get(key);
  if (!found) {
    found = mixed(stops);
    tables.set(key, found);
  }
  return found;
}

/** @param {string[]} stops */
function mixed(stops) {
  const rgb = stops.map((stop) => [1, 3, 5].map((at) => parseInt(stop.slice(at, at + 2), 16)));
  const bytes = new Uint8ClampedArray(4 * 256);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * (rgb.length - 1);
    const low = Math.min(Math.floor(place), rgb.length - 2);
    for (let c = 0; c < 3; c++) bytes[4 * i + c] = rgb[low][c] + (place - low) * (rgb[low + 1][c] - rgb[low][c]);
    bytes[4 * i + 3] = 255;
  }
  return bytes;
}

/**
 * The place of a value in the table.
 * @param {number} value
 * @param {number} limit
 * @param {"diverging" | "ink"} name
 */
export function place(value, limit, name) {
  const share = name === "ink" ? value / limit : (value / limit + 1) / 2;
  return Math.max(0, Math.min(255, Math.round(255 * share))) || 0;
}

/**
 * A value's colour for CSS and SVG.
 * @param {number} value @param {number} limit @param {"diverging" | "ink"} [name]
 */
export function colour(value, limit, name = "diverging") {
  const bytes = table(name);
  const at = 4 * place(value, limit || 1, name);
  return `rgb(${bytes[at]} ${bytes[at + 1]} ${bytes[at + 2]})`;
}

/** Call f when the visitor changes between light and dark. @param {() => void} f */
export function onScheme(f) {
  dark.addEventListener("change", f);
  return () => dark.removeEventListener("change", f);
}

/** The largest absolute value, but at least something. @param {ArrayLike<number>} values */
export function largest(values) {
  let limit = 0;
  for (let i = 0; i < values.length; i++) limit = Math.max(limit, Math.abs(values[i]));
  return limit || 1;
}
