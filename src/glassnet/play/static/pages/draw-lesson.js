/** "That was a 7": correct the network, see what it learned and what it forgot, take it back. */

import { Bars } from "../bars.js";
import { h, percent } from "../dom.js";
import { changeState } from "../state.js";

/** @typedef {import("../types.js").Taught} Taught */

export class Lesson {
  /** @param {import("../types.js").App} app @param {() => void} changed */
  constructor(app, changed) {
    this.app = app;
    this.changed = changed;
    this.choices = h("div", { class: "row" });
    this.result = h("div", { class: "stack", role: "status", "aria-live": "polite" });
    this.element = h(
      "section",
      { class: "card lesson", "aria-label": "Correct it", hidden: true },
      this.choices,
      this.result,
    );
    this.shown = "";
  }

  /** @param {import("../types.js").ModelInfo | null} info @param {import("../types.js").Digit | null} digit */
  show(info, digit) {
    this.element.hidden = !digit && !this.result.childElementCount;
    this.info = info;
    this.digit = digit;
    const key = `${info?.id}|${digit?.label}|${Boolean(digit)}`;
    if (key === this.shown) return;
    this.shown = key;
    this.choices.replaceChildren(
      ...(digit && info
        ? [
            h("h2", null, "Wrong? That was a"),
            h(
              "span",
              { class: "group" },
              ...info.class_names.map((name, k) =>
                h(
                  "button",
                  {
                    type: "button",
                    class: "digit",
                    "aria-label": `That was a ${name}`,
                    onclick: () => void this.teach(k),
                  },
                  name,
                ),
              ),
            ),
          ]
        : []),
    );
  }

  /** @param {number} label */
  async teach(label) {
    const { info, digit } = this;
    if (!info || !digit) return;
    this.result.replaceChildren(h("p", { class: "quiet" }, "It learns …"));
    try {
      const taught = await this.app.api.teach(info.id, digit, label);
      await this.app.refreshModels();
      this.tell(info, taught, label);
      changeState({ model: taught.model.id });
    } catch (error) {
      this.result.replaceChildren();
      this.app.fail(error);
    }
  }

  /** @param {import("../types.js").ModelInfo} info @param {Taught} taught @param {number} label */
  tell(info, taught, label) {
    const bars = new Bars(info.class_names, "The answer after the lesson");
    bars.set(taught.after, taught.before);
    const name = info.class_names[label];
    const { known_before: before, known_after: after } = taught;
    const change = before === null || after === null ? 0 : after - before;
    const forgot =
      before === null || after === null
        ? "There are no other samples here to see what it forgot."
        : `Of ${taught.known.toLocaleString("en")} other samples it read ${percent(before, 2)} right ` +
          `before, and ${percent(after, 2)} now: ${forgotten(change)}.`;
    this.result.replaceChildren(
      h(
        "p",
        { class: `note${change < -0.005 ? " bad" : ""}` },
        `${name} had ${percent(taught.before[label])} before, and has ${percent(taught.after[label])} now. ${forgot}`,
      ),
      h("p", { class: "quiet small" }, "Bars: after the lesson; the thin line: before."),
      bars.element,
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", onclick: () => void this.undo() }, "Undo the lesson"),
        h(
          "button",
          { type: "button", onclick: () => void this.save() },
          `Download my drawings (${taught.corrections})`,
        ),
      ),
    );
  }

  async undo() {
    try {
      const named = await this.app.api.unteach();
      await this.app.refreshModels();
      this.result.replaceChildren(h("p", { class: "note" }, "The lesson is taken back."));
      changeState({ model: named.id });
    } catch (error) {
      this.app.fail(error);
    }
  }

  async save() {
    try {
      const url = URL.createObjectURL(await this.app.api.drawings());
      h("a", { href: url, download: "my-digits.zip" }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (error) {
      this.app.fail(error);
    }
  }
}

/** @param {number} change of the accuracy on other samples */
function forgotten(change) {
  if (change > -0.0005) return "nothing is forgotten";
  if (change > -0.005) return "it forgot a little";
  return (
    `it forgot ${(-100 * change).toFixed(1)} points of a hundred; that lesson was dear, take it back ` +
    "or correct it with more drawings"
  );
}
