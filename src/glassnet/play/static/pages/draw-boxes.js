/** Frames around what was found on the drawing, with what it was read as. */

import { h, s, swap } from "../dom.js";
import { HEIGHT, WIDTH } from "../ink.js";

export class Boxes {
  /** @param {(index: number) => void} choose */
  constructor(choose) {
    this.choose = choose;
    this.frames = s("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "boxes", "aria-hidden": "true" });
    this.chips = h("div", { class: "group chips" });
    this.element = h("div", { class: "boxes-layer" }, this.frames, this.chips);
  }

  /**
   * @param {import("../types.js").Reading | null | undefined} reading
   * @param {import("../types.js").Digit | undefined} chosen
   */
  show(reading, chosen) {
    const refused = reading?.refused ?? [];
    const digits = reading?.digits ?? [];
    this.frames.replaceChildren(
      ...digits.map((digit) =>
        frame(digit.box, digits.length > 1 ? digit.name : "", digit === chosen ? "chosen" : ""),
      ),
      ...refused.map((each) => frame(each.box, "?", "refused")),
    );
    const pieces = [...digits, ...refused.flatMap((r) => r.guess ?? [])];
    swap(
      this.chips,
      ...(pieces.length > 1
        ? pieces.map((digit, i) =>
            h(
              "button",
              {
                type: "button",
                class: "digit",
                "data-focus": i,
                "aria-pressed": String(digit === chosen),
                onclick: () => this.choose(i),
                "aria-label": `Digit ${i + 1} of ${pieces.length}: ${i < digits.length ? digit.name : "not a digit"}`,
              },
              i < digits.length ? digit.name : "?",
            ),
          )
        : []),
    );
  }
}

/** @param {import("../types.js").Box} box @param {string} text @param {string} kind */
function frame([left, top, right, bottom], text, kind) {
  return s(
    "g",
    { class: kind },
    s("rect", { x: left - 6, y: top - 6, width: right - left + 12, height: bottom - top + 12, rx: 8 }),
    text ? s("text", { x: left - 2, y: Math.max(16, top - 12) }, text) : null,
  );
}
