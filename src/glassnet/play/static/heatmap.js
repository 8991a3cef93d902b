/** A matrix as a picture: the value under the pointer, or under the arrow keys, is told. */

import { largest, onScheme, place, table } from "./colour.js";
import { format, h } from "./dom.js";

/**
 * @typedef {object} Options
 * @property {string} label what it shows, for those who do not see it
 * @property {"diverging" | "ink"} [map]
 * @property {number} [limit] the value of the strongest colour
 * @property {number} [size] of the longer side, in sixteenths of the type size; without it, `cell`
 * @property {number} [cell] of a cell, the same
 * @property {(index: number) => string} [name] of a cell
 * @property {(index: number) => void} [choose] a cell was clicked
 * @property {(index: number, event: PointerEvent) => void} [paint] the pointer is held down over a cell
 * @property {() => void} [painted] the pointer was lifted
 * @property {(text: string) => void} [tell] where the value under the pointer is to be shown
 */

/** All that may have to be drawn anew. @type {Set<WeakRef<HeatMap>>} */
const maps = new Set();

onScheme(() => {
  for (const reference of maps) {
    const map = reference.deref();
    if (map) map.draw();
    else maps.delete(reference);
  }
});

export class HeatMap {
  /**
   * @param {number} rows
   * @param {number} columns
   * @param {ArrayLike<number>} values
   * @param {Options} options
   */
  constructor(rows, columns, values, options) {
    this.rows = rows;
    this.columns = columns;
    this.options = options;
    this.values = values;
    this.limit = 1;
    this.at = 0;
    /** @type {number | null} */
    this.marked = null;
    this.canvas = h("canvas", {
      width: columns,
      height: rows,
      tabindex: 0,
      role: "application",
      "aria-roledescription": "heat map",
      "aria-label": `${options.label}. Arrow keys tell the values.`,
    });
    const cell = options.cell ?? (options.size ? options.size / Math.max(rows, columns) : 4);
    this.canvas.style.width = `${(columns * cell) / 16}rem`;
    this.canvas.style.aspectRatio = `${columns} / ${rows}`;
    this.mark = h("i", { class: "mark", hidden: true });
    const kind = options.paint ? " edits" : options.choose ? " chooses" : "";
    this.element = h("div", { class: `map${kind}` }, this.canvas, this.mark);
    this.listen();
    this.set(values);
    maps.add(new WeakRef(/** @type {HeatMap} */ (this)));
  }

  /** Show other values of the same shape. @param {ArrayLike<number>} values @param {number} [limit] */
  set(values, limit) {
    this.values = values;
    this.limit = limit ?? this.options.limit ?? largest(values);
    this.draw();
  }

  draw() {
    const name = this.options.map ?? "diverging";
    const colours = table(name);
    const context = this.canvas.getContext("2d");
    const image = context.createImageData(this.columns, this.rows);
    for (let i = 0; i < this.rows * this.columns; i++) {
      if (i >= this.values.length) break;
      const from = 4 * place(this.values[i], this.limit, name);
      image.data.set(colours.subarray(from, from + 4), 4 * i);
    }
    context.putImageData(image, 0, 0);
  }

  /** Put a frame around a cell. @param {number | null} index */
  frame(index) {
    this.marked = index;
    this.mark.hidden = index === null;
    if (index === null) return;
    const row = Math.floor(index / this.columns);
    const column = index % this.columns;
    this.mark.style.left = `${(100 * column) / this.columns}%`;
    this.mark.style.top = `${(100 * row) / this.rows}%`;
    this.mark.style.width = `${100 / this.columns}%`;
    this.mark.style.height = `${100 / this.rows}%`;
  }

  /** @param {number} index */
  describe(index) {
    const { name } = this.options;
    const where = name ? name(index) : `[${Math.floor(index / this.columns)}, ${index % this.columns}]`;
    return `${where} = ${format(this.values[index])}`;
  }

  /** @param {PointerEvent} event */
  under(event) {
    const box = this.canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * this.columns);
    const row = Math.floor(((event.clientY - box.top) / box.height) * this.rows);
    const index = row * this.columns + column;
    const inside = row >= 0 && column >= 0 && row < this.rows && column < this.columns;
    return inside && index < this.values.length ? index : null;
  }

  listen() {
    const { choose, paint, painted, tell } = this.options;
    let down = false;
    this.canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      const index = this.under(event);
      if (index === null) return;
      if (down && paint) {
        for (const each of event.getCoalescedEvents?.() ?? []) {
          const passed = this.under(each);
          if (passed !== null && passed !== index) paint(passed, each);
        }
        paint(index, event);
      }
      tell?.(this.describe(index));
    });
    this.canvas.addEventListener("pointerleave", () => tell?.(""));
    this.canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      const index = this.under(event);
      if (index === null) return;
      this.at = index;
      if (paint) {
        down = true;
        this.canvas.setPointerCapture(event.pointerId);
        paint(index, event);
      }
      choose?.(index);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(end, () => {
        if (down) painted?.();
        down = false;
      });
    }
    this.canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
    this.canvas.addEventListener("focus", () => {
      if (this.canvas.matches(":focus-visible")) this.move(this.at);
    });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.columns, ArrowDown: this.columns };
    const by = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (by !== undefined) {
      this.move(this.at + by);
    } else if (event.key === "Enter" || event.key === " ") {
      this.options.choose?.(this.at);
      this.options.paint?.(this.at, /** @type {any} */ (event));
      this.options.painted?.();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} index */
  move(index) {
    if (index < 0 || index >= this.values.length) return;
    this.at = index;
    this.frame(index);
    this.options.tell?.(this.describe(index));
  }
}

/**
 * A legend: which colour is which value.
 * @param {number} limit
 * @param {"diverging" | "ink"} [map]
 */
export function legend(limit, map = "diverging") {
  const canvas = h("canvas", { width: 64, height: 1, "aria-hidden": "true" });
  const draw = () => {
    const context = canvas.getContext("2d");
    const image = context.createImageData(64, 1);
    for (let i = 0; i < 64; i++) {
      const from = 4 * Math.round((i / 63) * 255);
      image.data.set(table(map).subarray(from, from + 4), 4 * i);
    }
    context.putImageData(image, 0, 0);
  };
  draw();
  onScheme(draw);
  const low = map === "ink" ? "0" : `−${format(limit, 3)}`;
  return h("span", { class: "scale" }, low, canvas, format(limit, 3));
}
