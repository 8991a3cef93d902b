/** What the network still mistakes: the confusion matrix, and the samples themselves. */

import { table } from "../colour.js";
import { h, percent } from "../dom.js";
import { HeatMap } from "../heatmap.js";

/** @typedef {import("../types.js").LookReport} LookReport */
/** @typedef {import("../types.js").StartedReport} StartedReport */

export class Confusion {
  /** @param {HTMLElement} root @param {LookReport} look @param {StartedReport} started */
  show(root, look, started) {
    const { confusion } = look;
    root.hidden = confusion === null;
    if (!confusion) return;
    const names =
      started.class_names.length === confusion.length ? started.class_names : confusion.map((_, k) => String(k));
    const wrong = confusion.reduce((sum, row, i) => sum + row.reduce((a, n, j) => a + (i === j ? 0 : n), 0), 0);
    const small = names.length <= 16;
    const head = `${wrong} of ${started.held_out.samples} held-out samples are mistaken`;
    root.replaceChildren(
      h("h2", null, "What is taken for what"),
      h(
        "p",
        { class: "quiet small" },
        `${head} (the ${started.held_out.part} part). Rows: what it is. Columns: what it is taken for.`,
      ),
      small ? this.table(confusion, names) : this.map(confusion, names),
    );
  }

  /** @param {number[][]} confusion @param {string[]} names */
  table(confusion, names) {
    const most = Math.max(1, ...confusion.flatMap((row, i) => row.filter((_, j) => i !== j)));
    return h(
      "div",
      { class: "wide", tabindex: 0, role: "region", "aria-label": "Confusion matrix" },
      h(
        "table",
        { class: "confusion" },
        h("thead", null, h("tr", null, h("td", null), ...names.map((name) => h("th", { scope: "col" }, name)))),
        h(
          "tbody",
          null,
          ...confusion.map((row, i) =>
            h(
              "tr",
              null,
              h("th", { scope: "row" }, names[i]),
              ...row.map((n, j) =>
                h("td", { class: i === j ? "right" : n ? `wrong w${Math.ceil((3 * n) / most)}` : null }, n || ""),
              ),
            ),
          ),
        ),
      ),
    );
  }

  /** @param {number[][]} confusion @param {string[]} names */
  map(confusion, names) {
    const readout = h("p", { class: "readout" });
    const K = names.length;
    const map = new HeatMap(K, K, confusion.flat().map(Math.sqrt), {
      label: "Confusion matrix",
      map: "ink",
      size: 380,
      name: (i) =>
        `${names[Math.floor(i / K)]} taken for ${names[i % K]}: ${confusion[Math.floor(i / K)][i % K]} times, root`,
      tell: (text) => {
        readout.textContent = text;
      },
    });
    return h("div", null, map.element, readout);
  }
}

export class Mistakes {
  /** @param {HTMLElement} root @param {LookReport} look @param {StartedReport} started */
  show(root, look, started) {
    const shown = look.mistakes.filter((each) => each.image !== undefined);
    root.hidden = !shown.length || !started.image_shape;
    if (root.hidden) return;
    const shape = /** @type {[number, number]} */ (started.image_shape);
    const names = started.class_names;
    root.replaceChildren(
      h("h2", null, "Current mistakes"),
      h("p", { class: "quiet small" }, "The surest ones first: what it is → what it is taken for."),
      h(
        "ul",
        { class: "mistakes" },
        ...shown.map((each) =>
          h(
            "li",
            { title: `${percent(each.confidence)} sure` },
            picture(each.image ?? "", shape, `${names[each.label]}, taken for ${names[each.answer]}`),
            h("span", { "aria-hidden": "true" }, `${names[each.label]} → ${names[each.answer]}`),
          ),
        ),
      ),
    );
  }
}

/** @param {string} packed @param {[number, number]} shape @param {string} label */
function picture(packed, [height, width], label) {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  const canvas = h("canvas", { width, height, role: "img", "aria-label": label });
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const colours = table("ink");
  for (let i = 0; i < bytes.length; i++) image.data.set(colours.subarray(4 * bytes[i], 4 * bytes[i] + 4), 4 * i);
  context.putImageData(image, 0, 0);
  return canvas;
}
