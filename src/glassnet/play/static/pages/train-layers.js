/** The layers of a network and their units, changed by clicking. */

import { h } from "../dom.js";

/**
 * @param {number[]} hidden units of each hidden layer
 * @param {import("../types.js").DataSource | undefined} source
 * @param {{layers: number, units: number}} limits
 * @param {(next: number[], focus: string) => void} change takes the new layers, and what to put the focus on
 */
export function layerEditor(hidden, source, limits, change) {
  const add = () => change([...hidden, hidden.at(-1) ?? 32], `n${hidden.length}`);
  return h(
    "fieldset",
    null,
    h("legend", { class: "small quiet" }, "Layers"),
    h(
      "ol",
      { class: "layers" },
      h("li", { class: "layer quiet" }, `${source?.features ?? "?"} in`),
      ...hidden.map((units, i) => layer(hidden, i, units, limits.units, change)),
      h(
        "li",
        { class: "layer" },
        h(
          "button",
          { type: "button", "data-focus": "add", disabled: hidden.length >= limits.layers, onclick: add },
          "Add a layer",
        ),
      ),
      h("li", { class: "layer quiet" }, `${source?.class_names?.length ?? "?"} out`),
    ),
  );
}

/**
 * @param {number[]} hidden
 * @param {number} i
 * @param {number} units
 * @param {number} limit
 * @param {(next: number[], focus: string) => void} change
 */
function layer(hidden, i, units, limit, change) {
  const name = `hidden layer ${i + 1}`;
  const resize = (/** @type {number} */ wanted, /** @type {string} */ focus) => {
    const size = Math.max(1, Math.min(limit, wanted || 1));
    change(hidden.with(i, size), focus);
  };
  const button = (/** @type {string} */ sign, /** @type {string} */ label, /** @type {() => void} */ onclick) =>
    h("button", { type: "button", class: "digit", "data-focus": `${sign}${i}`, "aria-label": label, onclick }, sign);
  const input = h("input", {
    type: "number",
    min: 1,
    max: limit,
    value: units,
    "aria-label": `Units in ${name}`,
    "data-focus": `n${i}`,
    onchange: () => resize(Math.round(Number(input.value)), `n${i}`),
  });
  const dots = "•".repeat(Math.max(1, Math.min(5, Math.round(Math.log2(units)))));
  return h(
    "li",
    { class: "layer" },
    h("span", { class: "dots", "aria-hidden": "true" }, dots),
    input,
    h(
      "span",
      { class: "group" },
      button("−", `Half the units of ${name}`, () => resize(Math.ceil(units / 2), `−${i}`)),
      button("+", `Twice the units of ${name}`, () => resize(units * 2, `+${i}`)),
      button("×", `Remove ${name}`, () => change(hidden.toSpliced(i, 1), "add")),
    ),
  );
}
