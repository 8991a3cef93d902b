/** The network from left to right: the input, each layer's units as tiles, the answer; lines for what is strongest. */

import { Bars } from "../bars.js";
import { colour, largest } from "../colour.js";
import { h, s } from "../dom.js";
import { HeatMap } from "../heatmap.js";

/** @typedef {import("../types.js").ModelInfo} ModelInfo */
/** @typedef {import("../types.js").UnitView} UnitView */

/** How many tiles stand side by side. @param {number} units */
export function tileColumns(units) {
  return units <= 16 ? Math.min(units, 4) : Math.ceil(Math.sqrt(units));
}

/** Tiles of a layer as a heat map, with empty places at the end. @param {number} units */
export function tileShape(units) {
  const columns = tileColumns(units);
  return { columns, rows: Math.ceil(units / columns), cell: Math.max(7, Math.min(24, 232 / columns)) };
}

export class Flow {
  /**
   * @param {{choose: (layer: number, unit: number) => void, paint: (index: number | null) => void,
   *   painted: () => void}} on
   */
  constructor(on) {
    this.on = on;
    this.adding = false;
    this.lines = s("svg", { class: "lines", "aria-hidden": "true" });
    this.columns = h("div", { class: "columns" });
    this.inner = h("div", { class: "inner" }, this.columns, this.lines);
    this.readout = h("p", { class: "readout", "aria-live": "polite" });
    this.element = h("div", { class: "flow" }, h("div", { class: "scroller" }, this.inner), this.readout);
    /** @type {HeatMap[]} */
    this.maps = [];
    /** @type {UnitView | null} */
    this.view = null;
    new ResizeObserver(() => this.drawLines()).observe(this.inner);
  }

  /** @param {ModelInfo} info @param {import("../types.js").Subject} subject */
  build(info, subject) {
    this.info = info;
    const tell = (/** @type {string} */ text) => {
      this.readout.textContent = text;
    };
    const shape = info.image_shape ?? [subject.pixels.length, 1];
    this.input = new HeatMap(shape[0], shape[1], subject.pixels, {
      label: "The input",
      map: "ink",
      limit: info.image_shape ? info.pixel_max : undefined,
      ...(info.image_shape ? { size: 224 } : { cell: 22 }),
      tell,
      name: (i) =>
        info.image_shape ? `input, row ${Math.floor(i / shape[1])}, column ${i % shape[1]}` : `input ${i}`,
      ...(info.image_shape
        ? { paint: (/** @type {number} */ i) => this.on.paint(i), painted: () => this.on.painted() }
        : {}),
    });
    const last = info.layers.length - 1;
    this.maps = info.layers.slice(0, last).map((layer, l) => {
      const { rows, columns, cell } = tileShape(layer.units);
      return new HeatMap(rows, columns, new Float32Array(layer.units), {
        label: `${layer.name}, ${layer.units} units`,
        cell,
        tell,
        name: (i) => `${layer.name}, unit ${i}: A`,
        choose: (i) => this.on.choose(l, i),
      });
    });
    this.bars = new Bars(info.class_names, "Output", (k) =>
      this.on.choose(last, info.layers[last].units === 1 ? 0 : k),
    );
    this.columns.replaceChildren(
      this.column(
        "Input",
        `${subject.pixels.length} numbers`,
        this.input.element,
        info.image_shape ? this.whatIf() : null,
      ),
      ...this.maps.map((map, l) =>
        this.column(info.layers[l].name, `${info.layers[l].units} × ${info.layers[l].activation}`, map.element),
      ),
      this.column("Output", info.layers[last].activation, this.bars.element),
    );
  }

  /** @param {string} title @param {string} about @param {...(Node | null)} content */
  column(title, about, ...content) {
    return h(
      "section",
      { class: "column" },
      h("h2", null, title),
      h("p", { class: "quiet small" }, about),
      ...content,
    );
  }

  whatIf() {
    const set = (/** @type {boolean} */ adding) => {
      this.adding = adding;
      erase.setAttribute("aria-pressed", String(!adding));
      add.setAttribute("aria-pressed", String(adding));
    };
    const erase = h("button", { type: "button", onclick: () => set(false) }, "Erase");
    const add = h("button", { type: "button", onclick: () => set(true) }, "Add ink");
    this.reset = h(
      "button",
      {
        type: "button",
        disabled: true,
        onclick: () => {
          this.on.paint(null);
          this.on.painted();
        },
      },
      "As it was",
    );
    set(this.adding);
    return h(
      "div",
      { class: "whatif", role: "group", "aria-label": "What if" },
      h("span", { class: "quiet small" }, "What if? Click or drag on the picture:"),
      h("span", { class: "group" }, erase, add, this.reset),
    );
  }

  /** @param {import("../types.js").Look} look @param {number[]} pixels @param {number} edits */
  show(look, pixels, edits) {
    this.input?.set(pixels);
    this.maps.forEach((map, l) => map.set(look.layers[l].A));
    this.bars?.set(look.probabilities);
    if (this.reset) this.reset.disabled = edits === 0;
  }

  /** @param {UnitView} view */
  choose(view) {
    this.view = view;
    this.maps.forEach((map, l) => map.frame(l === view.layer ? view.unit : null));
    this.bars?.choose(view.layer === this.maps.length ? view.unit : null);
    this.drawLines();
  }

  /** Where a unit stands; layer -1 is the input. @param {number} layer @param {number} unit */
  place(layer, unit) {
    const origin = this.inner.getBoundingClientRect();
    if (layer === this.maps.length) {
      const box = this.bars?.rows[Math.min(unit, this.bars.rows.length - 1)].element.getBoundingClientRect();
      return box ? [box.left - origin.left - 4, box.top - origin.top + box.height / 2] : [0, 0];
    }
    const map = layer < 0 ? this.input : this.maps[layer];
    if (!map) return [0, 0];
    const box = map.canvas.getBoundingClientRect();
    return [
      box.left - origin.left + (((unit % map.columns) + 0.5) / map.columns) * box.width,
      box.top - origin.top + ((Math.floor(unit / map.columns) + 0.5) / map.rows) * box.height,
    ];
  }

  drawLines() {
    const { view } = this;
    if (!view) return;
    this.lines.setAttribute("width", this.inner.clientWidth);
    this.lines.setAttribute("height", this.inner.clientHeight);
    const here = this.place(view.layer, view.unit);
    const limit = largest([...view.inputs, ...view.outputs].map((c) => c.contribution));
    const line = (/** @type {number[]} */ from, /** @type {number[]} */ to, /** @type {number} */ value) => {
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      const bend = Math.abs(dx) > Math.abs(dy) ? [dx / 2, 0] : [0, dy / 2]; // layers stand side by side, or below
      return s("path", {
        d: `M${from} C${from[0] + bend[0]},${from[1] + bend[1]} ${to[0] - bend[0]},${to[1] - bend[1]} ${to}`,
        stroke: colour(value, limit),
        "stroke-width": 1 + (4 * Math.abs(value)) / limit,
      });
    };
    const strong = (/** @type {import("../types.js").Connection} */ c) => Math.abs(c.contribution) > limit / 50;
    this.lines.replaceChildren(
      ...view.inputs.filter(strong).map((c) => line(this.place(view.layer - 1, c.unit), here, c.contribution)),
      ...view.outputs.filter(strong).map((c) => line(here, this.place(view.layer + 1, c.unit), c.contribution)),
    );
  }
}
