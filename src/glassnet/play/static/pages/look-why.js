/** Why? What each pixel said for the winner, for the runner-up, and for one rather than the other. */

import { largest } from "../colour.js";
import { format, h } from "../dom.js";
import { HeatMap, legend } from "../heatmap.js";

export class WhyCard {
  constructor() {
    this.element = h("section", { class: "card", "aria-label": "Why" });
  }

  /**
   * @param {import("../types.js").ModelInfo} info
   * @param {import("../types.js").Evidence} evidence
   * @param {number[]} pixels
   */
  show(info, evidence, pixels) {
    const limit = largest(evidence.maps.flatMap((map) => map.values));
    const readout = h("p", { class: "readout" });
    const [winner, runner] = [info.class_names[evidence.winner], info.class_names[evidence.runner_up]];
    const difference = evidence.maps[2];
    this.element.replaceChildren(
      h("h2", null, `Why ${winner} and not ${runner}?`),
      h(
        "p",
        { class: "small" },
        evidence.exact
          ? "Exact: these numbers, with the constant, add up to the network’s Z. Red speaks for it, blue against it."
          : "Gradient × input: this network is not piecewise linear, so the numbers add up only with the " +
              "remainder. Red speaks for it, blue against it.",
      ),
      h("div", { class: "trio" }, ...evidence.maps.map((map) => this.figure(info, map, pixels, limit, readout))),
      readout,
      legend(limit),
      h(
        "p",
        { class: "small" },
        `${winner} is ahead of ${runner} by ${format(difference.total + difference.bias)}: the ` +
          `${info.image_shape ? "pixels" : "inputs"} give ${format(difference.total)}, the constant ` +
          `${format(difference.bias)}.`,
      ),
    );
  }

  /**
   * @param {import("../types.js").ModelInfo} info
   * @param {import("../types.js").EvidenceMap} map
   * @param {number[]} pixels
   * @param {number} limit
   * @param {HTMLElement} readout
   */
  figure(info, map, pixels, limit, readout) {
    const shape = info.image_shape ?? [map.values.length, 1];
    const heat = new HeatMap(shape[0], shape[1], map.values, {
      label: `Evidence ${map.title}`,
      limit,
      ...(info.image_shape ? { size: 190 } : { cell: 18 }),
      name: (i) =>
        `${map.title}: ${info.image_shape ? `row ${Math.floor(i / shape[1])}, column ${i % shape[1]}` : `input ${i}`}`,
      tell: (text) => {
        readout.textContent = text;
      },
    });
    if (info.image_shape) heat.element.append(outline(pixels, shape, info.pixel_max));
    return h(
      "figure",
      null,
      h(
        "figcaption",
        null,
        h("h3", null, map.title),
        h("span", { class: "quiet small" }, `Σ ${format(map.total)}, constant ${format(map.bias)}`),
      ),
      heat.element,
    );
  }
}

/** The drawing's own edge, over its evidence. @param {number[]} pixels @param {number[]} shape @param {number} full */
function outline(pixels, shape, full) {
  const [rows, columns] = shape;
  const scale = Math.max(2, Math.round(224 / columns));
  const canvas = h("canvas", {
    class: "outline",
    width: columns * scale,
    height: rows * scale,
    "aria-hidden": "true",
  });
  const context = canvas.getContext("2d");
  const ink = (/** @type {number} */ r, /** @type {number} */ c) =>
    r >= 0 && c >= 0 && r < rows && c < columns && pixels[r * columns + c] > full * 0.4;
  context.strokeStyle = "#808890";
  context.lineWidth = 1.5;
  context.beginPath();
  for (let r = 0; r <= rows; r++) {
    for (let c = 0; c <= columns; c++) {
      if (ink(r, c) !== ink(r - 1, c)) {
        context.moveTo(c * scale, r * scale);
        context.lineTo((c + 1) * scale, r * scale);
      }
      if (ink(r, c) !== ink(r, c - 1)) {
        context.moveTo(c * scale, r * scale);
        context.lineTo(c * scale, (r + 1) * scale);
      }
    }
  }
  context.stroke();
  return canvas;
}
