/** "That was a 7": correct the network, see what it learned and what it forgot, take it back. */

import { h } from "../dom.js";

export class Lesson {
  /** @param {import("../types.js").App} app @param {() => void} changed */
  constructor(app, changed) {
    this.app = app;
    this.changed = changed;
    this.element = h("section", { class: "card lesson", hidden: true });
  }

  /** @param {import("../types.js").ModelInfo | null} info @param {import("../types.js").Digit | null} digit */
  show(info, digit) {
    this.element.hidden = true;
    void info;
    void digit;
  }
}
