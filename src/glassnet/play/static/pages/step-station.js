/** One station: its formula, its shapes, its words, its matrices, its numbers. */

import { format, h } from "../dom.js";
import { largest } from "../colour.js";
import { HeatMap, legend } from "../heatmap.js";
import { tileShape } from "./look-flow.js";

/** @typedef {import("../types.js").Station} Station */
/** @typedef {import("../types.js").ModelInfo} ModelInfo */
/** @typedef {{values: Float32Array, shape: number[]}} Values */

export class StationCard {
  /** @param {(key: string) => Promise<Values>} fetchMatrix */
  constructor(fetchMatrix) {
    this.fetchMatrix = fetchMatrix;
    this.element = h("div", { class: "station" });
    this.number = 0;
  }

  /** @param {Station} station @param {ModelInfo} info */
  async show(station, info) {
    const number = ++this.number;
    const matrices = h("div", { class: "matrices" });
    const readout = h("p", { class: "readout" });
    this.element.replaceChildren(
      h("h2", null, station.title),
      h("p", { class: "formula" }, station.formula),
      h("p", { class: "shapes" }, station.shapes),
      ...station.text.map((text) => h("p", null, text.replaceAll(/-(?=\d)/g, "−"))),
      matrices,
      readout,
      ...(station.table ? [table(station.table)] : []),
    );
    const wanted = station.matrices.filter((matrix) => matrix.shape.reduce((a, b) => a * b, 1) <= 4_000_000);
    const found = await Promise.all(wanted.map((matrix) => this.fetchMatrix(matrix.key)));
    if (number !== this.number) return; // one is at another station already
    matrices.replaceChildren(
      ...wanted.map((matrix, i) =>
        figure(matrix, found[i], info, (text) => {
          readout.textContent = text;
        }),
      ),
    );
  }
}

/**
 * @param {import("../types.js").Matrix} matrix
 * @param {Values} found
 * @param {ModelInfo} info
 * @param {(text: string) => void} tell
 */
function figure(matrix, { values, shape }, info, tell) {
  const isRow = shape.length === 1 || shape[0] === 1;
  const count = values.length;
  const picture = isRow && info.image_shape && count === info.layers[0].inputs;
  const tiles = tileShape(count);
  /** @type {number} */
  let rows, columns, cell;
  if (picture && info.image_shape) [rows, columns, cell] = [...info.image_shape, 168 / info.image_shape[1]];
  else if (isRow && count <= 16) [rows, columns, cell] = [1, count, 22];
  else if (isRow) [rows, columns, cell] = [tiles.rows, tiles.columns, Math.min(tiles.cell, 168 / tiles.columns)];
  else [rows, columns, cell] = [shape[0], shape[1], Math.max(3, Math.min(16, 320 / Math.max(shape[0], shape[1])))];
  const letter = matrix.letter.split(",")[0];
  const name = (/** @type {number} */ i) => {
    if (!isRow) return `${letter}[${Math.floor(i / columns)}, ${i % columns}]`;
    if (picture) return `${letter}, row ${Math.floor(i / columns)}, column ${i % columns}`;
    return `${letter}[${i}]`;
  };
  const map = new HeatMap(rows, columns, values, {
    label: `${matrix.letter}, ${matrix.meaning}, ${shape.join("×")}`,
    cell,
    name,
    tell,
  });
  const limit = largest(values);
  const large = !isRow && (rows * cell > 340 || columns * cell > 420);
  if (large) {
    map.element.classList.add("scrolls");
    map.element.setAttribute("role", "region");
    map.element.setAttribute("aria-label", `${matrix.letter}, scrollable`);
  }
  return h(
    "figure",
    { class: large ? "large" : null },
    h(
      "figcaption",
      null,
      h("h3", null, matrix.letter),
      h("span", { class: "quiet small" }, `${matrix.meaning} · ${shape.join(" × ")}`),
    ),
    map.element,
    legend(limit),
  );
}

/** @param {import("../types.js").Table} content */
function table(content) {
  return h(
    "div",
    null,
    h(
      "div",
      { class: "wide", tabindex: 0, role: "region", "aria-label": "Numbers" },
      h(
        "table",
        null,
        h("thead", null, h("tr", null, ...content.columns.map((column) => h("th", { scope: "col" }, column)))),
        h(
          "tbody",
          null,
          ...content.rows.map((row) =>
            h("tr", null, ...row.map((value) => h("td", null, typeof value === "number" ? format(value) : value))),
          ),
        ),
      ),
    ),
    content.rest ? h("p", { class: "quiet small" }, content.rest) : null,
  );
}
