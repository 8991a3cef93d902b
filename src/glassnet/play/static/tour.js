/** The guided tour: ten stops through the four pages, told in a strip above them. */

import { h } from "./dom.js";
import { addressOf } from "./state.js";
import { STOPS } from "./stops.js";

export class Tour {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.shown = -1;
  }

  /** @param {Record<string, string>} state */
  update(state) {
    const at = state.tour === undefined ? -1 : Number(state.tour) - 1;
    const stop = STOPS[at];
    if (!stop) {
      this.shown = -1;
      this.element.replaceChildren();
      return;
    }
    if (at === this.shown) return;
    this.shown = at;
    this.element.replaceChildren(
      h(
        "section",
        { class: "tour", "aria-label": "Tour" },
        h("h2", null, `${at + 1} of ${STOPS.length}: ${stop.title}`),
        ...stop.text.map((text) => h("p", null, text)),
        h("p", { class: "note" }, h("strong", null, "Try: "), stop.task),
        h(
          "div",
          { class: "row" },
          at > 0 ? h("a", { class: "button", href: tourAddress(at - 1) }, "Back") : null,
          at + 1 < STOPS.length
            ? h("a", { class: "button main", href: tourAddress(at + 1) }, "Next")
            : h("a", { class: "button main", href: addressOf({ tour: null, page: "learn" }) }, "The end"),
          h("a", { class: "button", href: addressOf({ tour: null }) }, "Leave the tour"),
        ),
      ),
    );
  }
}

/** Where a stop begins: everything that it does not name is forgotten. @param {number} at */
export function tourAddress(at) {
  const { state } = STOPS[at];
  const model = new URLSearchParams(location.hash.slice(1)).get("model");
  return `#${new URLSearchParams({ ...(model ? { model } : {}), ...state, tour: String(at + 1) })}`;
}
