/** Learn: the tour's table of contents. */

import { h } from "../dom.js";
import { STOPS } from "../stops.js";
import { tourAddress } from "../tour.js";

const NAMES = { draw: "Draw", look: "Look inside", step: "Step", train: "Train" };

/** @param {HTMLElement} root @returns {Promise<import("../types.js").Page>} */
export async function mount(root) {
  root.append(
    h(
      "div",
      { class: "head" },
      h("h1", null, "Learn"),
      h(
        "p",
        null,
        "Ten stops, from what a network sees to why it errs. Each begins on one of the four pages, with " +
          "something to try.",
      ),
    ),
    h("p", { class: "start" }, h("a", { class: "button main", href: tourAddress(0) }, "Begin the tour")),
    h(
      "ol",
      { class: "stops" },
      ...STOPS.map((stop, at) =>
        h(
          "li",
          null,
          h(
            "a",
            { class: "card", href: tourAddress(at) },
            h("span", { class: "count", "aria-hidden": "true" }, at + 1),
            h(
              "span",
              null,
              h("strong", null, stop.title),
              h("span", { class: "quiet small" }, `on ${NAMES[/** @type {keyof typeof NAMES} */ (stop.state.page)]}`),
            ),
          ),
        ),
      ),
    ),
  );
  return { update() {} };
}
