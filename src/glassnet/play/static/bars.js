/** Probabilities as bars, the greatest one in colour and in bold. */

import { h, percent } from "./dom.js";

export class Bars {
  /** @param {string[]} names @param {string} label @param {(k: number) => void} [choose] a row was clicked */
  constructor(names, label, choose) {
    this.names = names;
    this.rows = names.map((name) => {
      const fill = h("i", {});
      const ghost = h("i", { class: "ghost", hidden: true });
      const value = h("span", { class: "value" });
      const title = choose
        ? h(
            "button",
            {
              type: "button",
              class: "name",
              "aria-label": `Unit of ${name}`,
              onclick: () => choose(names.indexOf(name)),
            },
            name,
          )
        : h("span", {}, name);
      const element = h("li", { class: "bar" }, title, h("span", { class: "track" }, fill, ghost), value);
      return { element, fill, ghost, value, title };
    });
    this.element = h("ul", { class: "bars", "aria-label": label }, ...this.rows.map((row) => row.element));
  }

  /**
   * @param {number[] | null} probabilities
   * @param {number[] | null} [before] marked by a line
   */
  set(probabilities, before = null) {
    const best = probabilities ? Math.max(...probabilities) : -1;
    this.rows.forEach((row, k) => {
      const p = probabilities ? probabilities[k] : 0;
      row.fill.style.width = `${100 * p}%`;
      row.value.textContent = probabilities ? percent(p) : "";
      row.element.classList.toggle("first", probabilities !== null && p === best);
      row.title.removeAttribute("aria-pressed");
      row.ghost.hidden = before === null;
      if (before) row.ghost.style.width = `${100 * before[k]}%`;
    });
  }

  /** Show which row is chosen. @param {number | null} k */
  choose(k) {
    this.rows.forEach((row, i) => row.title.setAttribute("aria-pressed", String(i === k)));
  }
}
