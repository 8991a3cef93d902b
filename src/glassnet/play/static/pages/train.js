/** Train: choose data and a network, start it, hold it, and watch it learn. */

import { h } from "../dom.js";
import { changeState } from "../state.js";
import { Experiment } from "./train-form.js";
import { Live } from "./train-live.js";

/** @typedef {import("../types.js").App} App */

/**
 * @param {HTMLElement} root
 * @param {App} app
 * @param {Record<string, string>} state
 * @returns {Promise<import("../types.js").Page>}
 */
export async function mount(root, app, state) {
  const page = new TrainPage(root, app);
  await page.begin(state);
  return page;
}

class TrainPage {
  /** @param {HTMLElement} root @param {App} app */
  constructor(root, app) {
    this.app = app;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.left = false;
    this.status = "none";
    this.form = new Experiment(app, (paused) => void this.start(paused));
    this.live = new Live();
    this.said = h(
      "p",
      { role: "status", "aria-live": "polite", class: "train-said" },
      "Nothing is trained yet. Choose on the left, then start.",
    );
    const tell = (/** @type {"pause" | "resume" | "batch" | "epoch" | "stop"} */ command) => () =>
      void app.api.tell(command).catch(app.fail);
    this.pause = h(
      "button",
      {
        type: "button",
        onclick: () => void app.api.tell(this.status === "paused" ? "resume" : "pause").catch(app.fail),
      },
      "Pause",
    );
    this.batch = h("button", { type: "button", onclick: tell("batch") }, "One batch");
    this.epoch = h("button", { type: "button", onclick: tell("epoch") }, "One epoch");
    this.stop = h("button", { type: "button", onclick: tell("stop") }, "Stop");
    this.use = h("button", { type: "button", class: "main", onclick: () => void this.take() }, "Use it on Draw");
    this.keep = h(
      "button",
      { type: "button", title: "Copies the run folder into runs/", onclick: () => void this.keepRun() },
      "Keep",
    );
    this.download = h("button", { type: "button", onclick: () => void this.save() }, "Download");
    this.controls = h(
      "div",
      { class: "row", role: "toolbar", "aria-label": "Training" },
      this.pause,
      this.batch,
      this.epoch,
      this.stop,
      this.use,
      this.keep,
      this.download,
    );
    root.append(
      h(
        "div",
        { class: "head" },
        h("h1", null, "Train"),
        h("p", null, "The real thing, with every number that it makes on the way."),
      ),
      h(
        "div",
        { class: "train" },
        this.form.element,
        h(
          "div",
          { class: "stack" },
          h("section", { class: "card", "aria-label": "Progress" }, this.controls, this.said, this.live.figures),
          this.live.element,
        ),
      ),
    );
    this.buttons();
  }

  /** @param {Record<string, string>} state */
  async begin(state) {
    await this.form.build(state);
    const training = await this.app.api.training();
    if (training.status !== "none") {
      this.live.previous = training.previous;
      this.connect();
    }
  }

  update() {}

  /** @param {boolean} paused */
  async start(paused) {
    try {
      this.socket?.close();
      this.live.clear();
      this.show({ status: "starting", reason: "", figures: {}, started: null });
      const training = await this.app.api.train({ ...this.form.values(), paused });
      this.live.previous = training.previous;
      this.connect();
      const box = this.controls.getBoundingClientRect(); // on a phone it stands below the form
      if (box.top > innerHeight) this.controls.scrollIntoView({ block: "start" });
    } catch (error) {
      this.show({ status: "none", reason: error instanceof Error ? error.message : "", figures: {}, started: null });
      this.app.fail(error);
    }
  }

  connect() {
    this.live.clear();
    const socket = this.app.api.live();
    this.socket = socket;
    socket.addEventListener("message", (event) => {
      if (socket === this.socket) this.hear(JSON.parse(event.data));
    });
    socket.addEventListener("close", () => {
      if (socket !== this.socket || this.left || ["ended", "failed"].includes(this.status)) return;
      setTimeout(() => {
        if (!this.left && socket === this.socket) this.again();
      }, 800);
    });
  }

  /** The connection broke: is the training still there? */
  again() {
    this.app.api.training().then((training) => {
      if (training.status !== "none") this.connect();
    }, this.app.fail);
  }

  /** @param {any} message */
  hear(message) {
    if (message.type === "status") this.show(message);
    else this.live.hear(message);
  }

  /** @param {import("../types.js").StatusReport} report */
  show(report) {
    this.status = report.status;
    this.live.status = report.status;
    if (report.started) this.live.begin(report.started);
    this.live.drawCurves(); // what is told below shall not be ahead of the figures
    const figures =
      report.figures?.accuracy !== undefined
        ? ` On ${report.figures.samples} samples that it had never seen, ` +
          `${(100 * report.figures.accuracy).toFixed(1)} % are right.`
        : "";
    this.said.textContent =
      {
        none: report.reason || "Nothing is trained.",
        starting: "Starting …",
        running: "It is learning.",
        paused: "It waits, between two batches.",
        ended: `${report.reason === "done" ? "Done." : `It ended: ${report.reason}.`}${figures}`,
        failed: report.reason,
      }[report.status] ?? report.status;
    this.said.dataset.status = report.status;
    this.buttons();
  }

  buttons() {
    const on = this.status === "running" || this.status === "paused";
    const over = this.status === "ended";
    this.pause.textContent = this.status === "paused" ? "Resume" : "Pause";
    for (const button of [this.pause, this.batch, this.epoch, this.stop]) button.disabled = !on;
    for (const button of [this.use, this.download]) button.disabled = !(on || over);
    this.keep.disabled = !over;
  }

  async take() {
    try {
      const named = await this.app.api.use();
      await this.app.refreshModels();
      const tabular = (await this.app.info(named.id)).image_shape === null;
      changeState(
        {
          page: tabular ? "look" : "draw",
          model: named.id,
          sample: null,
          edits: null,
          label: null,
          layer: null,
          unit: null,
        },
        { push: true },
      );
    } catch (error) {
      this.app.fail(error);
    }
  }

  async keepRun() {
    try {
      const named = await this.app.api.keep("play");
      await this.app.refreshModels();
      this.app.say(
        `Kept as ${named.id.replace("run:", "runs/")}: glassnet report ` +
          `${named.id.replace("run:", "runs/")} and the like work with it.`,
      );
    } catch (error) {
      this.app.fail(error);
    }
  }

  async save() {
    try {
      const named = await this.app.api.use();
      const url = URL.createObjectURL(await this.app.api.modelFile(named.id));
      h("a", { href: url, download: `${named.id}.safetensors` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (error) {
      this.app.fail(error);
    }
  }

  leave() {
    this.left = true;
    this.socket?.close();
  }
}
