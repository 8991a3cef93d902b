/** The ten digits as somebody drew them: examples to begin with, and for those who cannot draw. */

/** @typedef {import("./types.js").Stroke} Stroke */

/** Points on a grid of 100×100, strokes apart. @type {[number, number][][][]} */
const DIGITS = [
  [
    [
      [52, 8],
      [36, 14],
      [26, 30],
      [22, 50],
      [26, 72],
      [38, 88],
      [54, 92],
      [68, 84],
      [77, 66],
      [79, 46],
      [73, 26],
      [62, 12],
      [50, 8],
    ],
  ],
  [
    [
      [36, 24],
      [46, 16],
      [54, 8],
      [53, 30],
      [52, 60],
      [51, 92],
    ],
  ],
  [
    [
      [26, 28],
      [32, 14],
      [48, 8],
      [64, 12],
      [72, 26],
      [68, 42],
      [54, 60],
      [38, 76],
      [24, 90],
      [44, 89],
      [62, 90],
      [78, 91],
    ],
  ],
  [
    [
      [28, 16],
      [42, 8],
      [60, 10],
      [70, 22],
      [66, 36],
      [52, 45],
      [42, 47],
      [56, 49],
      [70, 58],
      [74, 72],
      [66, 86],
      [48, 93],
      [30, 89],
      [22, 80],
    ],
  ],
  [
    [
      [36, 8],
      [30, 28],
      [24, 50],
      [40, 53],
      [58, 53],
      [78, 51],
    ],
    [
      [64, 12],
      [62, 40],
      [60, 66],
      [58, 94],
    ],
  ],
  [
    [
      [72, 10],
      [54, 10],
      [36, 11],
      [33, 26],
      [30, 44],
      [44, 40],
      [60, 43],
      [71, 55],
      [72, 70],
      [63, 85],
      [46, 92],
      [28, 88],
    ],
  ],
  [
    [
      [66, 8],
      [50, 18],
      [36, 36],
      [28, 56],
      [28, 74],
      [38, 88],
      [54, 92],
      [68, 84],
      [72, 70],
      [64, 58],
      [50, 55],
      [36, 62],
      [30, 72],
    ],
  ],
  [
    [
      [22, 14],
      [40, 13],
      [58, 12],
      [76, 11],
      [68, 30],
      [58, 50],
      [50, 70],
      [43, 93],
    ],
  ],
  [
    [
      [70, 20],
      [58, 9],
      [42, 10],
      [32, 22],
      [36, 36],
      [52, 47],
      [67, 60],
      [71, 76],
      [60, 90],
      [44, 92],
      [31, 82],
      [31, 67],
      [43, 53],
      [58, 43],
      [69, 32],
      [70, 20],
    ],
  ],
  [
    [
      [71, 28],
      [64, 13],
      [48, 8],
      [34, 16],
      [29, 32],
      [36, 46],
      [52, 49],
      [66, 40],
      [71, 28],
      [70, 50],
      [66, 72],
      [58, 93],
    ],
  ],
];

/**
 * The strokes of one or several digits.
 * @param {string} text
 * @returns {Stroke[]}
 */
export function exampleStrokes(text) {
  const wide = 480 / text.length;
  const size = Math.min(300, wide * 0.95);
  const left = (480 - size * text.length) / 2;
  const top = (360 - size) / 2;
  return [...text].flatMap((digit, i) =>
    DIGITS[Number(digit)].map((points) => ({
      erase: false,
      width: Math.max(10, Math.round(size / 13)),
      points: smooth(points).map(
        ([x, y]) =>
          /** @type {[number, number]} */ ([
            Math.round(left + i * size + (x / 100) * size),
            Math.round(top + (y / 100) * size),
          ]),
      ),
    })),
  );
}

/**
 * A curve through the points (Catmull-Rom).
 * @param {[number, number][]} points
 */
function smooth(points) {
  /** @type {[number, number][]} */
  const curve = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b, c, d] = [
      points[Math.max(i - 1, 0)],
      points[i],
      points[i + 1],
      points[Math.min(i + 2, points.length - 1)],
    ];
    for (let k = 0; k < 5; k++) {
      const t = k / 5;
      const at = (/** @type {0 | 1} */ j) =>
        0.5 *
        (2 * b[j] +
          (c[j] - a[j]) * t +
          (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j]) * t * t +
          (3 * b[j] - a[j] - 3 * c[j] + d[j]) * t ** 3);
      curve.push([at(0), at(1)]);
    }
  }
  curve.push(points[points.length - 1]);
  return curve;
}
