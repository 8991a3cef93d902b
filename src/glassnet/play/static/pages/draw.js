/** Draw: write a digit and see at once what the network sees, and what it takes it for. */

import { Bars } from "../bars.js";
import { Pad } from "../canvas.js";
import { h, sure } from "../dom.js";
import { exampleStrokes } from "../examples.js";
import { HeatMap } from "../heatmap.js";
import { HEIGHT, WIDTH, decodeInk, encodeInk } from "../ink.js";
import { addressOf, changeState, readState } from "../state.js";
import { Boxes } from "./draw-boxes.js";
import { Lesson } from "./draw-lesson.js";
import { PadTools } from "./draw-tools.js";

/** @typedef {import("../types.js").App} App */
/** @typedef {import("../types.js").Reading} Reading */
/** @typedef {import("../types.js").Digit} Digit */

const PAUSE = 120; // milliseconds between two readings while the pen is down

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Record<string, string>} state
 * @returns {Promise<import("../types.js").Page>}
 */
export async function mount(root, app, state) {
  const page = new DrawPage(root, app);
  await page.update(state, true);
  return page;
}

class DrawPage {
  /** @param {HTMLElement} root @param {App} app */
  constructor(root, app) {
    this.app = app;
    /** @type {import("../types.js").ModelInfo | null} */
    this.info = null;
    this.pad = new Pad({ changed: () => this.drawing(), lifted: () => this.lifted() });
    this.boxes = new Boxes((index) => changeState({ digit: index }));
    this.tools = new PadTools(this.pad, app, () => this.lifted());
    this.lesson = new Lesson(app, () => void this.update(readState(), true));
    this.answer = h("p", { class: "answer", "aria-hidden": "true" });
    this.badge = h("p", { class: "badge", "aria-hidden": "true" });
    this.said = h("p", { class: "said", role: "status", "aria-live": "polite" });
    this.seen = h("div", { class: "seen" });
    this.probabilities = h("div", null);
    this.rejected = h(
      "details",
      { hidden: true },
      h("summary", { class: "small quiet" }, "What would it be if it had to be a digit?"),
    );
    this.onward = h("div", { class: "row" });
    this.busy = false;
    this.again = false;
    this.liftedAt = 0;
    this.last = 0;
    /** @type {string | null} */
    this.picture = null;
    this.build(root);
  }

  /** @param {HTMLElement} root */
  build(root) {
    root.append(
      h(
        "div",
        { class: "head" },
        h("h1", null, "Draw a digit"),
        h("p", null, "Use a mouse, a finger or a pen. Several digits side by side are read in order."),
      ),
      h(
        "div",
        { class: "draw" },
        h(
          "section",
          { class: "card", "aria-label": "Drawing" },
          h("div", { class: "board" }, this.pad.canvas, this.boxes.element, this.badge),
          this.tools.element,
          h(
            "div",
            { class: "row examples" },
            h("span", { class: "quiet small" }, "Or take an example:"),
            h(
              "span",
              { class: "group" },
              ...[..."0123456789", "2048"].map((text) =>
                h(
                  "button",
                  {
                    class: "digit",
                    type: "button",
                    "aria-label": `Example ${text}`,
                    onclick: () => this.example(text),
                  },
                  text,
                ),
              ),
            ),
          ),
        ),
        h(
          "div",
          { class: "stack" },
          h(
            "section",
            { class: "card", "aria-label": "Answer" },
            h("div", { class: "verdict" }, this.answer, h("div", null, this.said, this.onward)),
            this.probabilities,
            this.rejected,
          ),
          h("section", { class: "card", "aria-label": "What the network sees" }, this.seen),
        ),
        this.lesson.element,
      ),
    );
  }

  /** @param {Record<string, string>} state @param {boolean} [always] */
  async update(state, always = false) {
    const { info } = this;
    const model = state.model ?? this.app.api.first;
    if (!info || info.id !== model || always) {
      this.info = await this.app.info(model);
      this.bars = new Bars(this.info.class_names, "Probabilities");
      always = true;
    }
    const ink = readState().ink ?? ""; // as it is by now: one may have drawn while the model was asked for
    if (ink !== encodeInk(this.pad.strokes) && (ink || !this.tools.picture)) {
      this.pad.set(decodeInk(ink), this.pad.paper, this.pad.paperSize);
      always = true;
    }
    if (always) await this.read();
    else if (this.reading) this.show(this.reading);
  }

  /** @param {string} text */
  example(text) {
    this.tools.picture = null;
    this.pad.set(exampleStrokes(text));
    this.lifted();
  }

  drawing() {
    if (performance.now() - this.last > PAUSE) void this.read();
  }

  lifted() {
    this.liftedAt = performance.now();
    delete this.answer.dataset.latency;
    const ink = this.pad.strokes.length && !this.tools.picture ? encodeInk(this.pad.strokes) : null;
    changeState({ ink, digit: null, sample: null, label: null, edits: null }, { silent: true });
    void this.read();
  }

  /** Ask once at a time; what was drawn meanwhile is asked for next. */
  async read() {
    if (this.busy) {
      this.again = true;
      return;
    }
    const { info } = this;
    if (!info) return;
    this.busy = true;
    this.last = performance.now();
    const lifted = this.liftedAt;
    try {
      const strokes = this.pad.strokes.map((stroke) => ({ ...stroke, points: [...stroke.points] }));
      const drawing = { width: WIDTH, height: HEIGHT, strokes, picture: this.tools.picture };
      const empty = !strokes.length && !drawing.picture;
      this.reading = empty ? null : await this.app.api.read(drawing, info.id);
      this.show(this.reading);
      if (lifted && !this.again && !empty) {
        this.answer.dataset.latency = (performance.now() - lifted).toFixed(1);
        this.liftedAt = 0;
      }
    } catch (error) {
      this.app.fail(error);
    } finally {
      this.busy = false;
      if (this.again) {
        this.again = false;
        void this.read();
      }
    }
  }

  /** @param {Reading | null | undefined} reading */
  show(reading) {
    this.reading = reading ?? null;
    const pieces = reading ? [...reading.digits, ...reading.refused.flatMap((r) => r.guess ?? [])] : [];
    const chosen = Math.min(Number(readState().digit ?? 0) || 0, Math.max(pieces.length - 1, 0));
    const digit = pieces[chosen];
    const refused = reading?.refused.find((r) => r.guess === digit);
    this.boxes.show(reading, digit);
    this.answer.textContent = reading ? reading.text || "?" : "";
    this.badge.textContent = this.answer.textContent;
    this.answer.classList.toggle("long", (reading?.text.length ?? 0) > 2);
    this.said.textContent = this.sentence(reading ?? null, digit, refused);
    this.showProbabilities(digit, Boolean(refused));
    this.showSeen(digit);
    this.onward.replaceChildren(
      ...(digit && this.info?.image_shape
        ? [
            h("a", { class: "button", href: addressOf({ page: "look", digit: chosen }) }, "Look inside"),
            h("a", { class: "button", href: addressOf({ page: "step", digit: chosen }) }, "Step through it"),
          ]
        : []),
    );
    this.lesson.show(this.info, digit ?? null);
  }

  /**
   * @param {Reading | null} reading
   * @param {Digit | undefined} digit
   * @param {import("../types.js").Refused | undefined} refused
   */
  sentence(reading, digit, refused) {
    if (!reading) return "Nothing is drawn yet.";
    if (!digit) return `Not a digit. ${reading.reason}`;
    if (refused) return `Not a digit. ${refused.reason}`;
    const others = reading.refused.length
      ? ` ${reading.refused.length} more is no digit: ${reading.refused[0].reason}`
      : "";
    const several =
      reading.digits.length > 1 ? `${reading.digits.length} digits: ${reading.text}. This one reads` : "It reads";
    return (
      `${several} ${digit.name}, ${sure(digit.confidence)} sure. Next best: ${digit.runner_up.name}, ` +
      `${sure(digit.runner_up.confidence)}.${others}`
    );
  }

  /** Of what is no digit, only who asks is told them. @param {Digit | undefined} digit @param {boolean} refused */
  showProbabilities(digit, refused) {
    const { bars } = this;
    if (!bars) return;
    bars.set(digit ? digit.probabilities : null);
    if (!refused) this.rejected.open = false;
    this.rejected.hidden = !refused;
    const place = refused ? this.rejected : this.probabilities;
    if (bars.element.parentNode !== place) place.append(bars.element);
  }

  /** @param {Digit | undefined} digit */
  showSeen(digit) {
    const shape = this.info?.image_shape;
    if (!digit || !shape) {
      this.seen.replaceChildren(
        h("h2", null, "What the network sees"),
        h(
          "p",
          { class: "quiet small" },
          "Here the drawing appears as the network gets it: small, centred, as a grid of numbers.",
        ),
      );
      return;
    }
    const readout = h("p", { class: "readout" });
    const map = new HeatMap(shape[0], shape[1], digit.pixels, {
      label: "What the network sees",
      map: "ink",
      limit: this.info?.pixel_max,
      size: 196,
      name: (i) => `row ${Math.floor(i / shape[1])}, column ${i % shape[1]}`,
      tell: (text) => {
        readout.textContent = text;
      },
    });
    this.seen.replaceChildren(
      h("h2", null, "What the network sees"),
      h(
        "div",
        { class: "row top-row" },
        map.element,
        h(
          "ol",
          { class: "way", "aria-label": "The steps that led there" },
          ...digit.steps.map((step) =>
            h(
              "li",
              null,
              h("img", { src: `data:image/png;base64,${step.png}`, alt: "" }),
              h("span", null, step.name),
            ),
          ),
        ),
      ),
      readout,
    );
  }

  leave() {
    this.tools.leave();
  }
}
