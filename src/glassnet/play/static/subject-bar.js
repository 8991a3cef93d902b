/** Which example a page talks about, and how to take another one. */

import { h, swap } from "./dom.js";
import { addressOf, changeState, readState } from "./state.js";

/** @typedef {import("./types.js").ModelInfo} ModelInfo */
/** @typedef {import("./types.js").Subject} Subject */

/** Everything that belongs to one example and not to the next. */
const FORGET = { edits: null, label: null, digit: null };

export class SubjectBar {
  /** @param {import("./types.js").App} app @param {{label?: boolean}} [options] label: what it should be can be set */
  constructor(app, { label = false } = {}) {
    this.app = app;
    this.withLabel = label;
    this.element = h("div", { class: "row subject", role: "group", "aria-label": "The example" });
    /** @type {import("./types.js").DataSource[] | null} */
    this.sources = null;
  }

  /** @param {ModelInfo} info @param {Subject | null} subject */
  async show(info, subject) {
    this.sources = await this.app.api.data();
    const fitting = this.sources.filter((source) => source.features === info.layers[0].inputs);
    const state = readState();
    const source = subject?.source ?? "";
    const options = [
      ...(info.image_shape
        ? [h("option", { value: "", selected: !source }, state.ink ? "My drawing" : "An example drawing")]
        : []),
      ...fitting.map((data) => h("option", { value: data.id, selected: data.id === source }, data.title)),
    ];
    const select = h(
      "select",
      {
        "data-focus": "source",
        "aria-label": "Where the example comes from",
        onchange: () => {
          changeState({ ...FORGET, sample: select.value ? `${select.value}:0` : null }, { push: true });
        },
      },
      ...options,
    );
    swap(
      this.element,
      h("span", { class: "quiet small" }, "Example"),
      select,
      ...(subject?.source
        ? this.numbers(subject)
        : [h("a", { class: "button", href: addressOf({ ...FORGET, page: "draw", sample: null }) }, "Draw another")]),
      ...(this.withLabel && subject ? [this.label(info, subject)] : []),
    );
  }

  /** @param {Subject} subject @returns {HTMLElement[]} */
  numbers(subject) {
    const { source, number = 0, samples = 1 } = subject;
    const go = (/** @type {number} */ to) => {
      changeState({ ...FORGET, sample: `${source}:${Math.max(0, Math.min(samples - 1, to))}` });
    };
    const input = h("input", {
      type: "number",
      "data-focus": "number",
      min: 0,
      max: samples - 1,
      value: number,
      "aria-label": `Number of the sample, 0 to ${samples - 1}`,
      onchange: () => go(Math.round(Number(input.value) || 0)),
    });
    return [
      h(
        "span",
        { class: "group" },
        h(
          "button",
          {
            type: "button",
            "aria-label": "Sample before",
            "data-focus": "before",
            disabled: number <= 0,
            onclick: () => go(number - 1),
          },
          "‹",
        ),
        input,
        h(
          "button",
          {
            type: "button",
            "aria-label": "Next sample",
            "data-focus": "next",
            disabled: number >= samples - 1,
            onclick: () => go(number + 1),
          },
          "›",
        ),
      ),
    ];
  }

  /** @param {ModelInfo} info @param {Subject} subject */
  label(info, subject) {
    const chosen = subject.label;
    const select = h(
      "select",
      { "data-focus": "label", onchange: () => changeState({ label: select.value }) },
      ...info.class_names.map((name, k) => h("option", { value: k, selected: k === chosen }, name)),
    );
    return h("label", { class: "row" }, h("span", { class: "quiet small" }, "It should be"), select);
  }
}
