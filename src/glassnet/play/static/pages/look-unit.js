/** One unit in full: its weights, what each input adds, its Z and A, and whom it speaks to. */

import { format, h, swap } from "../dom.js";
import { largest } from "../colour.js";
import { HeatMap, legend } from "../heatmap.js";
import { tileShape } from "./look-flow.js";

/** @typedef {import("../types.js").ModelInfo} ModelInfo */
/** @typedef {import("../types.js").UnitView} UnitView */

export class UnitCard {
  /** @param {(layer: number, unit: number) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.element = h("section", { class: "card", "aria-label": "The chosen unit" });
  }

  /** @param {ModelInfo} info @param {UnitView} view */
  show(info, view) {
    const layer = info.layers[view.layer];
    const last = view.layer === info.layers.length - 1;
    const title = last
      ? `Output ${info.class_names[Math.min(view.unit, info.class_names.length - 1)]}`
      : `${layer.name}, unit ${view.unit}`;
    const sum = view.Z - view.b;
    swap(
      this.element,
      h("h2", null, title),
      this.walk(view, layer.units),
      h(
        "p",
        { class: "formula" },
        `Z = Σ X W + b = ${format(sum)} ${view.b < 0 ? "−" : "+"} ${format(Math.abs(view.b))} = `,
        h("strong", { id: "unit-z", "data-value": view.Z }, format(view.Z)),
      ),
      h(
        "p",
        { class: "formula" },
        `A = ${layer.formula} = `,
        h("strong", { id: "unit-a", "data-value": view.A }, format(view.A)),
      ),
      this.maps(info, view),
      h(
        "div",
        { class: "pair" },
        this.table(info, view, "Strongest inputs", view.inputs, view.layer - 1),
        view.outputs.length ? this.table(info, view, "Speaks to", view.outputs, view.layer + 1) : null,
      ),
    );
  }

  /** @param {UnitView} view @param {number} units */
  walk(view, units) {
    const go = (/** @type {number} */ by) => this.choose(view.layer, (view.unit + by + units) % units);
    return h(
      "div",
      { class: "group" },
      h("button", { type: "button", "data-focus": "before", onclick: () => go(-1) }, "‹ Unit before"),
      h("button", { type: "button", "data-focus": "next", onclick: () => go(1) }, "Next unit ›"),
    );
  }

  /** @param {ModelInfo} info @param {UnitView} view */
  maps(info, view) {
    const first = view.layer === 0;
    const count = view.weights.length;
    const tiles = tileShape(count);
    const [rows, columns] =
      first && info.image_shape ? info.image_shape : first ? [count, 1] : [tiles.rows, tiles.columns];
    const size =
      first && info.image_shape
        ? { size: 200 }
        : first
          ? { cell: 18 }
          : { cell: Math.min(tiles.cell, 200 / tiles.columns) };
    const name = (/** @type {number} */ i) =>
      first && info.image_shape
        ? `row ${Math.floor(i / columns)}, column ${i % columns}`
        : first
          ? `input ${i}`
          : `from unit ${i}`;
    const readout = h("p", { class: "readout" });
    const figure = (/** @type {string} */ title, /** @type {number[]} */ values, /** @type {string} */ label) => {
      const map = new HeatMap(rows, columns, values, {
        label,
        name,
        ...size,
        tell: (text) => {
          readout.textContent = text && `${label}, ${text}`;
        },
      });
      return h("figure", null, h("figcaption", null, h("h3", null, title)), map.element, legend(largest(values)));
    };
    return h(
      "div",
      null,
      h(
        "div",
        { class: "pair maps" },
        figure("Its weights W", view.weights, "weights"),
        figure("X W: what each input adds", view.contributions, "X W"),
      ),
      readout,
    );
  }

  /**
   * @param {ModelInfo} info @param {UnitView} view @param {string} title
   * @param {import("../types.js").Connection[]} connections @param {number} layer
   */
  table(info, view, title, connections, layer) {
    const out = layer > view.layer;
    const name = (/** @type {number} */ unit) => {
      if (layer < 0)
        return info.image_shape
          ? `(${Math.floor(unit / info.image_shape[1])}, ${unit % info.image_shape[1]})`
          : `input ${unit}`;
      return layer === info.layers.length - 1
        ? info.class_names[Math.min(unit, info.class_names.length - 1)]
        : `unit ${unit}`;
    };
    return h(
      "div",
      { class: "wide", tabindex: 0, role: "region", "aria-label": title },
      h("h3", null, title),
      h(
        "table",
        null,
        h(
          "thead",
          null,
          h(
            "tr",
            null,
            h("th", { scope: "col" }, layer < 0 ? "pixel" : "unit"),
            h("th", { scope: "col" }, out ? "A" : "X"),
            h("th", { scope: "col" }, "W"),
            h("th", { scope: "col" }, out ? "A W" : "X W"),
          ),
        ),
        h(
          "tbody",
          null,
          ...connections
            .slice(0, 8)
            .map((c) =>
              h(
                "tr",
                null,
                h(
                  "td",
                  null,
                  layer < 0
                    ? name(c.unit)
                    : h(
                        "button",
                        { type: "button", class: "link", onclick: () => this.choose(layer, c.unit) },
                        name(c.unit),
                      ),
                ),
                h("td", null, format(c.value, 3)),
                h("td", null, format(c.weight, 3)),
                h("td", null, format(c.contribution, 3)),
              ),
            ),
        ),
      ),
    );
  }
}
