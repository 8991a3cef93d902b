/** What shall be trained. The choices stand in the address too. */

import { choice, h } from "../dom.js";
import { changeState } from "../state.js";
import { layerEditor } from "./train-layers.js";

/** @typedef {{activations: string[], inits: string[], optimizers: Record<string, number>,
 *   recipes: {id: string, description: string, data: string}[],
 *   epochs: number, layers: number, units: number}} Options */

/** @type {Record<string, any>} */
const USUAL = {
  recipe: "",
  data: "digits",
  hidden: [64],
  activation: "relu",
  init: "he",
  optimizer: "adam",
  learning_rate: 0.005,
  batch_size: 64,
  epochs: 20,
  dropout: 0,
  l2: 0,
  batch_norm: false,
  augment: 0,
  seed: 0,
  pace: 0.25,
};

export class Experiment {
  /** @param {import("../types.js").App} app @param {(paused: boolean) => void} start */
  constructor(app, start) {
    this.app = app;
    this.start = start;
    /** @type {Record<string, any>} */
    this.chosen = { ...USUAL };
    this.element = h("form", {
      class: "card stack",
      "aria-label": "What to train",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        start(false);
      },
    });
  }

  /** @param {Record<string, string>} state */
  async build(state) {
    const [options, sources] = await Promise.all([this.app.api.trainingOptions(), this.app.api.data()]);
    /** @type {Options} */
    this.options = options;
    this.sources = sources;
    for (const [key, usual] of Object.entries(USUAL)) {
      const text = state[`t.${key}`];
      if (text === undefined) continue;
      if (Array.isArray(usual))
        this.chosen[key] = text
          .split(",")
          .filter(Boolean)
          .map(Number)
          .filter((n) => n >= 1);
      else if (typeof usual === "number") this.chosen[key] = Number.isFinite(Number(text)) ? Number(text) : usual;
      else if (typeof usual === "boolean") this.chosen[key] = text === "true";
      else this.chosen[key] = text;
    }
    if (!sources.some((/** @type {any} */ source) => source.id === this.chosen.data)) this.chosen.data = USUAL.data;
    this.draw();
  }

  values() {
    const { recipe, ...rest } = this.chosen;
    return recipe ? { recipe, pace: rest.pace } : rest;
  }

  /** @param {string} key @param {any} value @param {boolean} [redraw] */
  set(key, value, redraw = false) {
    this.chosen[key] = value;
    const same = String(value) === String(USUAL[key]);
    changeState({ [`t.${key}`]: same ? null : String(value) }, { silent: true });
    if (redraw) this.draw();
  }

  draw() {
    const { chosen } = this;
    const options = /** @type {Options} */ (this.options);
    const byHand = chosen.recipe === "";
    const there = new Set((this.sources ?? []).map((source) => source.id));
    /** @type {[string, string][]} */
    const recipes = [
      ["", "Set by hand"],
      ...options.recipes
        .filter((r) => there.has(r.data))
        .map((r) => /** @type {[string, string]} */ ([r.id, `${r.id} (${r.data})`])),
    ];
    const about = options.recipes.find((r) => r.id === chosen.recipe)?.description;
    this.element.replaceChildren(
      h(
        "div",
        { class: "row" },
        h("button", { type: "submit", class: "main" }, "Start"),
        h("button", { type: "button", onclick: () => this.start(true) }, "Start on hold"),
      ),
      choice("Recipe", recipes, chosen.recipe, (value) => this.set("recipe", value, true)),
      ...(about ? [h("p", { class: "quiet small" }, about)] : []),
      choice(
        "Speed",
        [
          ["0.25", "To watch: ¼ s an epoch"],
          ["1", "Slow: 1 s an epoch"],
          ["0", "As fast as it goes"],
        ],
        String(chosen.pace),
        (value) => this.set("pace", Number(value)),
      ),
      ...(byHand ? this.byHand(options) : []),
    );
  }

  /** @param {Options} options @returns {HTMLElement[]} */
  byHand(options) {
    const { chosen } = this;
    const file = h("input", {
      type: "file",
      class: "hidden",
      tabindex: -1,
      "aria-label": "Data file",
      accept: ".csv,.npz,text/csv",
      onchange: () => {
        if (file.files?.[0]) void this.upload(file.files[0]);
        file.value = "";
      },
    });
    return [
      h(
        "div",
        { class: "row end" },
        choice(
          "Data",
          (this.sources ?? []).map(
            (s) => /** @type {[string, string]} */ ([s.id, `${s.title} (${s.samples.toLocaleString("en")})`]),
          ),
          chosen.data,
          (value) => this.set("data", value, true),
        ),
        h(
          "button",
          { type: "button", title: "A CSV file with a column “label”", onclick: () => file.click() },
          "CSV…",
        ),
        file,
      ),
      this.layers(options),
      h(
        "div",
        { class: "fields" },
        choice("Activation", options.activations, chosen.activation, (value) => this.set("activation", value)),
        choice("First weights", options.inits, chosen.init, (value) => this.set("init", value)),
        choice("Optimiser", Object.keys(options.optimizers), chosen.optimizer, (value) => {
          this.set("optimizer", value);
          this.set("learning_rate", options.optimizers[value], true);
        }),
        this.number("Learning rate", "learning_rate", { min: 0, step: "any" }),
        this.number("Batch size", "batch_size", { min: 1, step: 1 }),
        this.number("Epochs", "epochs", { min: 1, max: options.epochs, step: 1 }),
        this.number("Dropout", "dropout", { min: 0, max: 0.95, step: 0.05 }),
        this.number("Penalty on W²", "l2", { min: 0, step: "any" }),
        this.number("Augmentation", "augment", { min: 0, max: 2, step: 0.25 }),
        this.number("Seed", "seed", { min: 0, step: 1 }),
      ),
      h(
        "label",
        { class: "row" },
        h("input", {
          type: "checkbox",
          checked: chosen.batch_norm,
          onchange: (/** @type {any} */ event) => this.set("batch_norm", event.target.checked),
        }),
        "Batch normalisation",
      ),
    ];
  }

  /** @param {string} label @param {string} key @param {Record<string, unknown>} attributes */
  number(label, key, attributes) {
    const input = h("input", {
      type: "number",
      value: this.chosen[key],
      ...attributes,
      onchange: () => this.set(key, Number(input.value)),
    });
    return h("label", { class: "field" }, label, input);
  }

  /** @param {Options} options */
  layers(options) {
    const source = (this.sources ?? []).find((s) => s.id === this.chosen.data);
    return layerEditor(this.chosen.hidden, source, options, (next, focus) => {
      this.set("hidden", next, true);
      /** @type {HTMLElement | null} */ (this.element.querySelector(`[data-focus="${focus}"]`))?.focus();
    });
  }

  /** @param {File} file */
  async upload(file) {
    try {
      const named = await this.app.api.upload(file, file.name);
      this.sources = await this.app.api.data();
      this.set("data", named.id, true);
    } catch (error) {
      this.app.fail(error);
    }
  }
}
