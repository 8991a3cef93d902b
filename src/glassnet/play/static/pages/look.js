/** Look inside: every unit at work on one example, one unit in full, and why the answer is what it is. */

import { h, percent } from "../dom.js";
import { changeState, readState } from "../state.js";
import { SubjectBar } from "../subject-bar.js";
import { decodeEdits, encodeEdits, findSubject } from "../subject.js";
import { Flow } from "./look-flow.js";
import { UnitCard } from "./look-unit.js";
import { WhyCard } from "./look-why.js";

/** @typedef {import("../types.js").App} App */
/** @typedef {import("../types.js").ModelInfo} ModelInfo */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Record<string, string>} state
 * @returns {Promise<import("../types.js").Page>}
 */
export async function mount(root, app, state) {
  const page = new LookPage(root, app);
  await page.update(state);
  return page;
}

class LookPage {
  /** @param {HTMLElement} root @param {App} app */
  constructor(root, app) {
    this.app = app;
    /** @type {ModelInfo | null} */
    this.info = null;
    /** @type {import("../types.js").Subject | null} */
    this.subject = null;
    this.key = "";
    this.bar = new SubjectBar(app);
    this.flow = new Flow({
      choose: (layer, unit) => changeState({ layer, unit }),
      paint: (index) => this.paint(index),
      painted: () => this.painted(),
    });
    this.unit = new UnitCard((layer, unit) => changeState({ layer, unit }));
    this.why = new WhyCard();
    this.said = h("p", { role: "status", "aria-live": "polite", class: "quiet" });
    /** @type {Map<number, number>} */
    this.edits = new Map();
    this.asking = 0;
    this.choosing = 0;
    this.drawing = false;
    this.more = false;
    root.append(
      h(
        "div",
        { class: "head" },
        h("h1", null, "Look inside"),
        h("p", null, "Each tile is a unit, coloured by what it says about this example. Choose one."),
      ),
      h(
        "section",
        { class: "card", "aria-label": "The network at work" },
        this.bar.element,
        this.said,
        this.flow.element,
      ),
      h("div", { class: "two" }, this.unit.element, this.why.element),
    );
  }

  /** @param {Record<string, string>} state */
  async update(state) {
    const model = state.model ?? this.app.api.first;
    const key = [model, state.sample, state.ink, state.digit, state.label].join("|");
    try {
      if (key !== this.key) {
        this.key = key;
        this.info = await this.app.info(model);
        this.subject = await findSubject({ ...state, edits: "" }, this.info, this.app.api);
        this.original = [...this.subject.pixels];
        this.bar.show(this.info, this.subject).catch(this.app.fail);
        this.flow.build(this.info, this.subject);
        this.edits = new Map(decodeEdits(state.edits ?? ""));
        await this.look();
      } else if ((state.edits ?? "") !== encodeEdits(this.edits)) {
        this.edits = new Map(decodeEdits(state.edits ?? ""));
        await this.look();
      }
      await this.choose(state);
    } catch (error) {
      this.key = "";
      this.said.textContent = error instanceof Error ? error.message : String(error);
      if (this.info) this.bar.show(this.info, null).catch(this.app.fail);
      this.app.fail(error);
    }
  }

  /** The example with its changed pixels. */
  example() {
    const info = /** @type {ModelInfo} */ (this.info);
    const pixels = [...(this.original ?? [])];
    for (const [index, value] of this.edits) if (index < pixels.length) pixels[index] = value;
    return { model: info.id, pixels, label: this.subject?.label ?? null };
  }

  async look() {
    const { info, subject } = this;
    if (!info || !subject) return;
    const number = ++this.asking;
    const example = this.example();
    const [look, evidence] = await Promise.all([this.app.api.look(example), this.app.api.evidence(example)]);
    if (number !== this.asking) return; // a newer question is on its way
    this.seen = look;
    this.flow.show(look, example.pixels, this.edits.size);
    this.why.show(info, evidence, example.pixels);
    const name = info.class_names[look.label];
    const truth =
      subject.label === null
        ? ""
        : look.label === subject.label
          ? " That is right."
          : ` It should be ${info.class_names[subject.label]}.`;
    const changed = this.edits.size ? ` with ${this.edits.size} pixel${this.edits.size > 1 ? "s" : ""} changed` : "";
    this.said.textContent =
      `The network takes ${subject.title}${changed} for ${name}, ` +
      `${percent(look.probabilities[look.label])} sure.${truth}`;
  }

  /** @param {Record<string, string>} state */
  async choose(state) {
    const { info, seen } = this;
    if (!info || !seen) return;
    const last = info.layers.length - 1;
    const layer = Math.max(0, Math.min(last, Number(state.layer ?? last) || 0));
    const wanted = state.unit === undefined ? (layer === last ? seen.label : 0) : Number(state.unit) || 0;
    const unit = Math.max(0, Math.min(info.layers[layer].units - 1, wanted));
    const number = ++this.choosing;
    const view = await this.app.api.unit(this.example(), layer, unit);
    if (number !== this.choosing) return;
    this.flow.choose(view);
    this.unit.show(info, view);
  }

  /** One pixel more or less ink. @param {number | null} index null: as it was */
  paint(index) {
    const info = /** @type {ModelInfo} */ (this.info);
    if (index === null) this.edits.clear();
    else {
      const value = this.flow.adding ? info.pixel_max : 0;
      if (this.original?.[index] === value) this.edits.delete(index);
      else this.edits.set(index, value);
    }
    void this.repaint();
  }

  /** One question at a time; what was painted meanwhile comes next. */
  async repaint() {
    if (this.drawing) {
      this.more = true;
      return;
    }
    this.drawing = true;
    try {
      do {
        this.more = false;
        await this.look();
        await this.choose(readState());
      } while (this.more);
    } catch (error) {
      this.app.fail(error);
    } finally {
      this.drawing = false;
    }
  }

  painted() {
    changeState({ edits: this.edits.size ? encodeEdits(this.edits) : null }, { silent: true });
  }
}
