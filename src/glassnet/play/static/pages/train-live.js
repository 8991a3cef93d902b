/** What one sees of a training: curves, weights, confusion, mistakes, gradients. */

import { lineChart } from "../charts.js";
import { format, h, percent, perFrame } from "../dom.js";
import { HeatMap, legend } from "../heatmap.js";
import { Confusion, Mistakes } from "./train-errors.js";

/** @typedef {import("../types.js").EpochReport} EpochReport */
/** @typedef {import("../types.js").StepReport} StepReport */
/** @typedef {import("../types.js").LookReport} LookReport */
/** @typedef {[number, number | null]} Point */

const POINTS = 600; // of the batches' losses that are drawn
const ACROSS = 8; // units side by side

export class Live {
  constructor() {
    /** @type {EpochReport[]} */
    this.previous = [];
    this.status = "none";
    /** @type {EpochReport[]} */
    this.epochs = [];
    /** @type {StepReport[]} */
    this.steps = [];
    /** @type {LookReport | null} */
    this.look = null;
    this.figures = h("dl", { class: "figures" });
    this.curves = h("section", { class: "card curves", "aria-label": "Curves" });
    this.weights = h("section", { class: "card", "aria-label": "First-layer weights" });
    this.errors = h("section", { class: "card", "aria-label": "Confusion" });
    this.mistakes = h("section", { class: "card", "aria-label": "Mistakes" });
    this.element = h("div", { class: "live", hidden: true }, this.curves, this.weights, this.errors, this.mistakes);
    this.confusion = new Confusion();
    this.wrong = new Mistakes();
    /** @type {import("../types.js").StartedReport | null} */
    this.started = null;
    /** @type {HeatMap | null} */
    this.sheet = null;
    this.scale = h("div", null);
    this.redraw = perFrame(() => this.drawCurves());
    this.relook = perFrame(() => this.drawLook());
    this.clear();
  }

  clear() {
    this.epochs = [];
    this.steps = [];
    this.look = null;
    this.sheet = null;
    this.figures.replaceChildren();
  }

  /** @param {import("../types.js").StartedReport} started */
  begin(started) {
    this.started = started;
    this.element.hidden = false;
  }

  /** @param {any} message */
  hear(message) {
    if (message.type === "steps") {
      this.steps.push(...message.steps);
      if (this.steps.length > 2 * POINTS) this.steps = this.steps.filter((_, i) => i % 2 === 0 || i > POINTS);
    } else if (message.type === "epochs") {
      this.epochs.push(...message.epochs);
    } else if (message.type === "look") {
      this.look = message;
      this.relook();
    }
    this.redraw();
  }

  drawCurves() {
    const { epochs, steps, previous, started } = this;
    if (!started) return;
    const last = epochs.at(-1);
    const step = steps.at(-1);
    this.showFigures(last, step);
    const column = (/** @type {EpochReport[]} */ records, /** @type {keyof EpochReport} */ key) =>
      records.map((e) => /** @type {Point} */ ([e.epoch, e[key]]));
    const earlier = (/** @type {keyof EpochReport} */ key) =>
      previous.length ? [{ name: "the run before", points: column(previous, key), colour: 2, dash: 2 }] : [];
    const held = started.held_out.part ? [] : null;
    this.curves.replaceChildren(
      lineChart(
        [
          {
            name: "each batch",
            points: steps.map((s) => /** @type {Point} */ ([s.step / s.steps, s.loss])),
            colour: 5,
            dash: 0,
            faint: true,
          },
          { name: "training", points: column(epochs, "loss"), colour: 0 },
          ...(held ? [{ name: "held out", points: column(epochs, "validation_loss"), colour: 1 }] : []),
          ...earlier("validation_loss"),
        ],
        { title: "Loss", x: "epoch", y: "loss", from: 0 },
      ),
      lineChart(
        [
          { name: "training", points: column(epochs, "accuracy"), colour: 0 },
          ...(held ? [{ name: "held out", points: column(epochs, "validation_accuracy"), colour: 1 }] : []),
          ...earlier("validation_accuracy"),
        ],
        { title: "Accuracy", x: "epoch", y: "accuracy", to: 1 },
      ),
      lineChart(
        Object.keys(step?.gradients ?? {}).map((name) => ({
          name,
          points: steps.map((each) => /** @type {Point} */ ([each.step / each.steps, each.gradients[name]])),
        })),
        { title: "Length of each layer’s gradient dW", x: "epoch", y: "‖dW‖", logY: true },
      ),
    );
  }

  /** @param {EpochReport | undefined} last @param {StepReport | undefined} step */
  showFigures(last, step) {
    const held = last?.validation_accuracy ?? this.look?.accuracy;
    const facts = [
      ["Epoch", `${last?.epoch ?? 0} of ${this.started?.epochs ?? "?"}`],
      ["Batch", step ? String(step.step) : "0"],
      ["Loss", format(last?.loss ?? step?.loss ?? NaN, 3)],
      ["Training", last?.accuracy != null ? percent(last.accuracy) : "–"],
      ["Held out", held != null ? percent(held) : "–"],
      ["Samples per second", last ? Math.round(last.images_per_second).toLocaleString("en") : "–"],
    ];
    this.figures.replaceChildren(
      ...facts.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", { "data-figure": name }, value))),
    );
  }

  drawLook() {
    const { look, started } = this;
    if (!look || !started) return;
    this.drawWeights(look, started);
    this.confusion.show(this.errors, look, started);
    this.wrong.show(this.mistakes, look, started);
  }

  /** @param {LookReport} look @param {import("../types.js").StartedReport} started */
  drawWeights(look, started) {
    const bytes = Uint8Array.from(atob(look.weights.data), (c) => c.charCodeAt(0));
    const values = new Int8Array(bytes.buffer);
    const { units, limit } = look.weights;
    const [height, width] = started.image_shape ?? [values.length / units, 1];
    const across = Math.min(ACROSS, units);
    const rows = Math.ceil(units / across) * (height + 1) - 1;
    const columns = across * (width + 1) - 1;
    const sheet = new Float32Array(rows * columns);
    for (let u = 0; u < units; u++) {
      const top = Math.floor(u / across) * (height + 1);
      const left = (u % across) * (width + 1);
      for (let i = 0; i < height * width; i++) {
        sheet[(top + Math.floor(i / width)) * columns + left + (i % width)] =
          (values[u * height * width + i] / 127) * limit;
      }
    }
    if (!this.sheet || this.sheet.values.length !== sheet.length) {
      const readout = h("p", { class: "readout" });
      this.sheet = new HeatMap(rows, columns, sheet, {
        label: `First-layer weights of ${units} units`,
        cell: Math.min(8, 420 / columns),
        tell: (text) => {
          readout.textContent = text;
        },
        name: (i) =>
          "unit " +
          `${Math.floor(Math.floor(i / columns) / (height + 1)) * across + Math.floor((i % columns) / (width + 1))}`,
      });
      this.weights.replaceChildren(
        h("h2", null, "First-layer weights"),
        h(
          "p",
          { class: "quiet small" },
          "One tile for each unit: where ink excites it (red) and where it silences it (blue).",
        ),
        this.sheet.element,
        this.scale,
        readout,
      );
    }
    this.sheet.set(sheet, limit);
    this.scale.replaceChildren(legend(limit));
  }
}
