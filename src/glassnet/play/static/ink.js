/** Strokes as text, short enough for an address: 1 + 1 + 2 + 4 bytes a stroke and 2 a further point. */

/** @typedef {import("./types.js").Stroke} Stroke */

/** The drawing's own size; the canvas is scaled to the screen. */
export const WIDTH = 480;
export const HEIGHT = 360;

/**
 * @param {Stroke[]} strokes
 * @returns {string}
 */
export function encodeInk(strokes) {
  /** @type {number[]} */
  const bytes = [];
  for (const stroke of strokes) {
    const points = spread(stroke.points);
    const [x, y] = points[0];
    bytes.push(stroke.erase ? 1 : 0, Math.round(stroke.width), points.length >> 8, points.length & 255);
    bytes.push(x >> 8, x & 255, y >> 8, y & 255);
    for (let i = 1; i < points.length; i++) {
      bytes.push(points[i][0] - points[i - 1][0] + 128, points[i][1] - points[i - 1][1] + 128);
    }
  }
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/**
 * @param {string} text
 * @returns {Stroke[]} none where the text is damaged
 */
export function decodeInk(text) {
  /** @type {Uint8Array} */
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  } catch {
    return [];
  }
  /** @type {Stroke[]} */
  const strokes = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const count = bytes[at + 2] * 256 + bytes[at + 3];
    let x = bytes[at + 4] * 256 + bytes[at + 5];
    let y = bytes[at + 6] * 256 + bytes[at + 7];
    /** @type {Stroke} */
    const stroke = { erase: bytes[at] === 1, width: Math.max(1, bytes[at + 1]), points: [[x, y]] };
    at += 8;
    for (let i = 1; i < count && at + 2 <= bytes.length; i++, at += 2) {
      x += bytes[at] - 128;
      y += bytes[at + 1] - 128;
      stroke.points.push([x, y]);
    }
    strokes.push(stroke);
  }
  return strokes;
}

/**
 * Whole numbers inside the drawing, with points in between where two are more than a byte apart.
 * @param {[number, number][]} points
 */
function spread(points) {
  /** @type {[number, number][]} */
  const found = [];
  for (const point of points) {
    const x = Math.max(0, Math.min(WIDTH, Math.round(point[0])));
    const y = Math.max(0, Math.min(HEIGHT, Math.round(point[1])));
    const last = found.at(-1);
    if (last) {
      const pieces = Math.ceil(Math.max(Math.abs(x - last[0]), Math.abs(y - last[1])) / 120);
      for (let k = 1; k < pieces; k++) {
        found.push([
          Math.round(last[0] + ((x - last[0]) * k) / pieces),
          Math.round(last[1] + ((y - last[1]) * k) / pieces),
        ]);
      }
    }
    found.push([x, y]);
  }
  return found;
}
