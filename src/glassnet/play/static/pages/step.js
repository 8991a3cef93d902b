/** Step: one example through one training step, one station at a time. */

import { Bars } from "../bars.js";
import { lineChart } from "../charts.js";
import { format, h, swap } from "../dom.js";
import { changeState, readState } from "../state.js";
import { SubjectBar } from "../subject-bar.js";
import { findSubject } from "../subject.js";
import { StationCard } from "./step-station.js";

/** @typedef {import("../types.js").App} App */

const PHASES = { forward: "Forward", loss: "Loss", backward: "Backward", update: "Update" };
const [LEAST, GREATEST] = [0.001, 10];

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Record<string, string>} state
 * @returns {Promise<import("../types.js").Page>}
 */
export async function mount(root, app, state) {
  const page = new StepPage(root, app);
  await page.update(state);
  return page;
}

class StepPage {
  /** @param {HTMLElement} root @param {App} app */
  constructor(root, app) {
    this.app = app;
    this.key = "";
    this.at = 0;
    this.shown = -1;
    this.busy = false;
    this.again = false;
    /** @type {import("../types.js").StepAnswer | null} */
    this.answer = null;
    this.bar = new SubjectBar(app, { label: true });
    this.rail = h("ol", { class: "rail", "aria-label": "Stations" });
    this.station = new StationCard((key) => this.app.api.matrix(this.example(), this.rate(), key));
    this.back = h("button", { type: "button", onclick: () => this.go(this.at - 1) }, "‹ Back");
    this.next = h("button", { type: "button", class: "main", onclick: () => this.go(this.at + 1) }, "Next ›");
    this.where = h("p", { class: "quiet small", role: "status", "aria-live": "polite" });
    this.slider = h("input", {
      type: "range",
      min: 0,
      max: 80,
      step: 1,
      "aria-label": "Learning rate",
      oninput: () => this.slide(),
    });
    this.rateText = h("output", null);
    this.curve = h("div", null);
    this.result = h("p", null);
    this.compare = h("div", null);
    this.stop = new AbortController();
    addEventListener("keydown", (event) => this.key_(event), { signal: this.stop.signal });
    root.append(
      h(
        "div",
        { class: "head" },
        h("h1", null, "Step"),
        h("p", null, "One example, one step of training. The arrow keys go forwards and back."),
      ),
      h("div", { class: "card" }, this.bar.element, this.rail),
      h(
        "div",
        { class: "step" },
        h(
          "section",
          { class: "card", "aria-label": "Station" },
          h("div", { class: "row spread" }, h("span", { class: "group" }, this.back, this.next), this.where),
          this.station.element,
        ),
        h(
          "div",
          { class: "stack" },
          h(
            "section",
            { class: "card", "aria-label": "Learning rate" },
            h("div", { class: "row spread" }, h("h2", null, "Learning rate α"), this.rateText),
            this.slider,
            this.curve,
            this.result,
          ),
          h(
            "section",
            { class: "card", "aria-label": "Before and after" },
            h("h2", null, "Before and after the step"),
            h("p", { class: "quiet small" }, "Bars: the answer after the step; the thin line: before."),
            this.compare,
          ),
        ),
      ),
    );
  }

  rate() {
    const rate = Number(readState().rate ?? 0.1);
    return rate >= LEAST && rate <= GREATEST ? rate : 0.1;
  }

  /** @param {Record<string, string>} state */
  async update(state) {
    const model = state.model ?? this.app.api.first;
    const key = [model, state.sample, state.ink, state.digit, state.label, state.edits].join("|");
    try {
      if (key !== this.key) {
        this.key = key;
        this.info = await this.app.info(model);
        this.subject = await findSubject(state, this.info, this.app.api);
        this.bars = new Bars(this.info.class_names, "Answer after the step");
        this.compare.replaceChildren(this.bars.element);
        this.slider.value = String(Math.round((80 * Math.log(this.rate() / LEAST)) / Math.log(GREATEST / LEAST)));
        await this.trace();
        if (this.subject.label === null && this.answer) this.subject.label = this.answer.label;
        this.bar.show(this.info, this.subject).catch(this.app.fail);
        this.curveData = await this.app.api.curve(this.example());
        this.showCurve();
      } else if (this.rate() !== this.shownRate) {
        await this.retrace();
      }
      this.show(this.stationOf(state.station ?? "1"));
    } catch (error) {
      this.key = "";
      this.where.textContent = error instanceof Error ? error.message : String(error);
      if (this.info) this.bar.show(this.info, null).catch(this.app.fail);
      this.app.fail(error);
    }
  }

  example() {
    const { info, subject } = this;
    return { model: info?.id ?? "", pixels: subject?.pixels ?? [], label: subject?.label ?? null };
  }

  async trace() {
    const rate = this.rate();
    this.answer = await this.app.api.step(this.example(), rate);
    this.shownRate = rate;
    this.rateText.textContent = format(rate, 2);
    this.bars?.set(this.answer.after, this.answer.before);
    const { loss_before: before, loss_after: after } = this.answer;
    this.result.textContent =
      `The loss goes from ${format(before)} to ` +
      `${format(after)}.${after > before ? " That step was too long." : ""}`;
    this.shown = -1;
  }

  showCurve() {
    const { answer, curveData: curve } = this;
    if (!answer || !curve) return;
    /** @type {[number, number | null][]} */
    const points = curve.learning_rates.map((rate, i) => [rate, curve.losses[i]]);
    const known = /** @type {number[]} */ (curve.losses.filter((loss) => loss !== null));
    const to = Math.max(curve.loss_before * 2, Math.min(...known, curve.loss_before) + 1e-9, 1e-6);
    this.curve.replaceChildren(
      lineChart(
        [
          { name: "after the step", points },
          {
            name: "before",
            points: [
              [LEAST, curve.loss_before],
              [GREATEST, curve.loss_before],
            ],
            dash: 1,
          },
        ],
        {
          title: "The loss after the step, for each learning rate",
          x: "learning rate",
          y: "loss",
          logX: true,
          from: 0,
          to,
          marker: [this.rate(), answer.loss_after],
          height: 200,
        },
      ),
    );
  }

  slide() {
    const rate = LEAST * (GREATEST / LEAST) ** (Number(this.slider.value) / 80);
    changeState({ rate: Number(rate.toPrecision(2)) }, { silent: true });
    void this.retrace();
  }

  /** One step at a time is asked for; what was set meanwhile comes next. */
  async retrace() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    try {
      do {
        this.again = false;
        await this.trace();
        this.showCurve();
        this.show(this.at);
      } while (this.again);
    } catch (error) {
      this.app.fail(error);
    } finally {
      this.busy = false;
    }
  }

  /** @param {number} at */
  go(at) {
    if (this.answer && at >= 0 && at < this.answer.stations.length) changeState({ station: at + 1 });
  }

  /** By its number from 1, or the first one of a phase. @param {string} text */
  stationOf(text) {
    const first = this.answer?.stations.findIndex((station) => station.phase === text) ?? -1;
    return first >= 0 ? first : Number(text) - 1 || 0;
  }

  /** @param {number} at */
  show(at) {
    const { answer, info } = this;
    if (!answer || !info) return;
    const { stations } = answer;
    this.at = Math.max(0, Math.min(stations.length - 1, at));
    if (this.at === this.shown) return;
    this.shown = this.at;
    const station = stations[this.at];
    this.back.disabled = this.at === 0;
    this.next.disabled = this.at === stations.length - 1;
    this.where.textContent = `Station ${this.at + 1} of ${stations.length}: ${station.title}`;
    swap(
      this.rail,
      ...stations.map((each, i) =>
        h(
          "li",
          { class: i === 0 || stations[i - 1].phase !== each.phase ? "begins" : null },
          i === 0 || stations[i - 1].phase !== each.phase
            ? h(
                "span",
                { class: "phase", "aria-hidden": "true" },
                PHASES[/** @type {keyof typeof PHASES} */ (each.phase)],
              )
            : null,
          h(
            "button",
            {
              type: "button",
              "data-focus": i,
              class: `stop ${each.phase}`,
              "aria-current": i === this.at ? "step" : null,
              title: each.title,
              "aria-label": `${i + 1}: ${each.title}`,
              onclick: () => this.go(i),
            },
            i + 1,
          ),
        ),
      ),
    );
    void this.station.show(station, info).catch(this.app.fail);
  }

  /** @param {KeyboardEvent} event */
  key_(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (["INPUT", "SELECT", "CANVAS"].includes(target.tagName) || event.ctrlKey || event.altKey || event.metaKey)
      return;
    if (event.key === "ArrowRight") this.go(this.at + 1);
    else if (event.key === "ArrowLeft") this.go(this.at - 1);
    else return;
    event.preventDefault();
  }

  leave() {
    this.stop.abort();
  }
}
