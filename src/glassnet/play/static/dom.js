/** Making elements. */

/**
 * h("p", {class: "quiet", onclick: f}, "text", child)
 * @param {string} tag
 * @param {Record<string, any> | null} [attributes] on…: listeners; true and false: set or not
 * @param {...(Node | string | number | null | undefined)} children
 * @returns {any}
 */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * The same in SVG.
 * @param {string} tag
 * @param {Record<string, any> | null} [attributes]
 * @param {...(Node | string | number | null | undefined)} children
 * @returns {any}
 */
export function s(tag, attributes, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/**
 * @param {Element} element
 * @param {Record<string, any> | null | undefined} attributes
 * @param {(Node | string | number | null | undefined)[]} children
 */
function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    if (child !== null && child !== undefined) element.append(typeof child === "number" ? String(child) : child);
  }
  return element;
}

/**
 * Show other children; what had the focus gets it again, known by its `data-focus`.
 * @param {Element} parent
 * @param {...(Node | string)} children
 */
export function swap(parent, ...children) {
  const active = document.activeElement;
  const key = active instanceof HTMLElement && parent.contains(active) ? active.dataset.focus : undefined;
  parent.replaceChildren(...children);
  if (key === undefined) return;
  for (const element of parent.querySelectorAll("[data-focus]")) {
    if (element instanceof HTMLElement && element.dataset.focus === key) element.focus({ preventScroll: true });
  }
}

/**
 * A labelled choice.
 * @param {string} label
 * @param {(string | [string, string])[]} options values, or values with what they are called
 * @param {string} chosen
 * @param {(value: string) => void} changed
 */
export function choice(label, options, chosen, changed) {
  const select = h(
    "select",
    { onchange: () => changed(select.value) },
    ...options.map((option) => {
      const [value, title] = typeof option === "string" ? [option, option] : option;
      return h("option", { value, selected: value === chosen }, title);
    }),
  );
  return h("label", { class: "field" }, label, select);
}

/**
 * Numbers for people: four digits, and a real minus.
 * @param {number} value
 * @param {number} [digits]
 */
export function format(value, digits = 4) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text =
    size >= 1e5 || size < 1e-3 ? value.toExponential(digits - 2) : String(Number(value.toPrecision(digits)));
  return text.replaceAll("-", "−");
}

/** @param {number} share @param {number} [digits] */
export function percent(share, digits = 1) {
  return `${(100 * share).toFixed(digits)} %`;
}

/** A probability in words: never more certain than it is. @param {number} share */
export function sure(share) {
  if (share > 0.9995 && share < 1) return "more than 99.9 %";
  if (share < 0.0005 && share > 0) return "less than 0.1 %";
  return percent(share);
}

/**
 * Run f at most once a frame, with the newest arguments.
 * @template {any[]} T
 * @param {(...args: T) => void} f
 * @returns {(...args: T) => void}
 */
export function perFrame(f) {
  /** @type {T | null} */
  let waiting = null;
  return (...args) => {
    if (waiting === null) {
      requestAnimationFrame(() => {
        const newest = /** @type {T} */ (waiting);
        waiting = null;
        f(...newest);
      });
    }
    waiting = args;
  };
}
