/** What stands under the pad: pen, eraser, thickness, undo, clear, a picture from elsewhere. */

import { h } from "../dom.js";
import { HEIGHT, WIDTH } from "../ink.js";

export class PadTools {
  /**
   * @param {import("../canvas.js").Pad} pad
   * @param {import("../types.js").App} app
   * @param {() => void} changed
   */
  constructor(pad, app, changed) {
    this.pad = pad;
    this.app = app;
    this.changed = changed;
    /** The server's name of the picture under the strokes. @type {string | null} */
    this.picture = null;
    this.pen = h("button", { type: "button", "aria-pressed": "true", onclick: () => this.take(false) }, "Pen");
    this.eraser = h("button", { type: "button", "aria-pressed": "false", onclick: () => this.take(true) }, "Eraser");
    const width = h("input", {
      type: "range",
      min: 6,
      max: 60,
      value: pad.width,
      "aria-label": "Thickness",
      oninput: () => {
        pad.width = Number(width.value);
      },
    });
    const file = h("input", {
      type: "file",
      accept: "image/*",
      class: "hidden",
      tabindex: -1,
      "aria-label": "Picture file",
      onchange: () => {
        if (file.files?.[0]) void this.open(file.files[0]);
        file.value = "";
      },
    });
    this.element = h(
      "div",
      { class: "row tools", role: "toolbar", "aria-label": "Drawing tools" },
      h("span", { class: "group" }, this.pen, this.eraser),
      h("label", { class: "row thickness" }, h("span", { class: "quiet small" }, "Thickness"), width),
      h(
        "span",
        { class: "group" },
        h("button", { type: "button", onclick: () => this.undo() }, "Undo"),
        h("button", { type: "button", onclick: () => this.clear() }, "Clear"),
        h(
          "button",
          {
            type: "button",
            title: "Choose a file or take a photo; pasting and dropping one works too",
            onclick: () => file.click(),
          },
          "Picture…",
        ),
      ),
      file,
    );
    this.stop = new AbortController();
    this.listen();
  }

  /** @param {boolean} erase */
  take(erase) {
    this.pad.erase = erase;
    this.pen.setAttribute("aria-pressed", String(!erase));
    this.eraser.setAttribute("aria-pressed", String(erase));
  }

  undo() {
    if (!this.pad.strokes.length) this.picture = null;
    this.pad.undo();
  }

  clear() {
    this.picture = null;
    this.pad.clear();
  }

  listen() {
    const { signal } = this.stop;
    addEventListener(
      "paste",
      (event) => {
        const file = [...(event.clipboardData?.files ?? [])].find((each) => each.type.startsWith("image/"));
        if (file) void this.open(file);
      },
      { signal },
    );
    addEventListener("dragover", (event) => event.preventDefault(), { signal });
    addEventListener(
      "drop",
      (event) => {
        event.preventDefault();
        const file = event.dataTransfer?.files[0];
        if (file) void this.open(file);
      },
      { signal },
    );
  }

  /** @param {File} file */
  async open(file) {
    try {
      const opened = await this.app.api.open(file);
      const picture = await createImageBitmap(file);
      this.pad.set([], grey(picture), [opened.width, opened.height]);
      this.picture = opened.picture;
      this.changed();
    } catch (error) {
      this.app.fail(error instanceof DOMException ? new Error("This browser cannot show that picture.") : error);
    }
  }

  leave() {
    this.stop.abort();
  }
}

/** As the server sees it: without colour, and no larger than the pad needs. @param {ImageBitmap} picture */
function grey(picture) {
  const scale = Math.min(1, (3 * WIDTH) / picture.width, (3 * HEIGHT) / picture.height);
  const canvas = h("canvas", {
    width: Math.max(1, picture.width * scale),
    height: Math.max(1, picture.height * scale),
  });
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.filter = "grayscale(1)";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
