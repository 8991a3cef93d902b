/** The drawing pad: pen and eraser, mouse, touch, pen and keyboard. */

import { h } from "./dom.js";
import { HEIGHT, WIDTH } from "./ink.js";

/** @typedef {import("./types.js").Stroke} Stroke */

const NEAR = 1.5; // units between two points worth keeping
const STEP = 12; // units of an arrow key

export class Pad {
  /** @param {{changed: () => void, lifted: () => void}} on changed: while drawing; lifted: a stroke is done */
  constructor(on) {
    this.on = on;
    /** @type {Stroke[]} */
    this.strokes = [];
    this.width = 24;
    this.erase = false;
    /** @type {CanvasImageSource | null} */
    this.paper = null;
    this.paperSize = [1, 1];
    /** @type {Stroke | null} */
    this.current = null;
    this.cursor = [WIDTH / 2, HEIGHT / 2];
    this.penDown = false;
    this.canvas = h("canvas", {
      class: "pad",
      tabindex: 0,
      role: "application",
      "aria-roledescription": "drawing pad",
      "aria-label":
        "Draw a digit. With the keyboard: arrow keys move the pen, Space puts it down and lifts it, " +
        "Backspace takes the last stroke back.",
    });
    this.context = this.canvas.getContext("2d", { desynchronized: true });
    this.listen();
    this.scale = 0;
    new ResizeObserver(() => this.fit()).observe(this.canvas);
  }

  /** As many pixels as the screen has. */
  fit() {
    const wanted = Math.max(1, Math.min(4, (this.canvas.clientWidth / WIDTH) * devicePixelRatio));
    if (Math.abs(wanted - this.scale) < 0.01) return;
    this.scale = wanted;
    this.canvas.width = Math.round(WIDTH * wanted);
    this.canvas.height = Math.round(HEIGHT * wanted);
    this.draw();
  }

  draw() {
    const { context, scale } = this;
    if (!scale) return;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.fillStyle = "#fff";
    context.fillRect(0, 0, WIDTH, HEIGHT);
    if (this.paper) {
      const [w, h_] = this.paperSize;
      const fit = Math.min(WIDTH / w, HEIGHT / h_);
      context.drawImage(this.paper, (WIDTH - w * fit) / 2, (HEIGHT - h_ * fit) / 2, w * fit, h_ * fit);
    }
    for (const stroke of this.strokes) this.line(stroke, 0);
    if (this.canvas.matches(":focus-visible")) this.showCursor();
  }

  /** @param {Stroke} stroke @param {number} from the point to begin with */
  line(stroke, from) {
    const { context } = this;
    context.strokeStyle = stroke.erase ? "#fff" : "#101418";
    context.lineWidth = stroke.width;
    context.lineCap = context.lineJoin = "round";
    context.beginPath();
    const points = stroke.points.slice(from);
    context.moveTo(...points[0]);
    for (const point of points.length > 1 ? points.slice(1) : points) context.lineTo(...point);
    context.stroke();
  }

  showCursor() {
    const { context } = this;
    context.strokeStyle = this.penDown ? "#d55e00" : "#0072b2";
    context.lineWidth = 2;
    context.beginPath();
    context.arc(this.cursor[0], this.cursor[1], this.width / 2 + 3, 0, 7);
    context.stroke();
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  where(event) {
    const box = this.canvas.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    const y = ((event.clientY - box.top) / box.height) * HEIGHT;
    return [Math.round(10 * x) / 10, Math.round(10 * y) / 10];
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      if (event.button > 0) return;
      canvas.setPointerCapture(event.pointerId);
      this.begin(this.where(event), this.erase || event.buttons === 32);
      event.preventDefault();
      canvas.focus({ preventScroll: true, focusVisible: false });
    });
    canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (!this.current || this.penDown) return;
      const events = event.getCoalescedEvents?.() ?? [];
      for (const each of events.length ? events : [event]) this.extend(this.where(each));
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => this.current && !this.penDown && this.finish());
    }
    canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
    canvas.addEventListener("focus", () => this.draw());
    canvas.addEventListener("blur", () => {
      if (this.penDown) this.finish();
      this.draw();
    });
  }

  /** @param {[number, number]} point @param {boolean} erase */
  begin(point, erase) {
    this.current = { points: [point], width: this.width, erase };
    this.strokes.push(this.current);
    this.line(this.current, 0);
    this.on.changed();
  }

  /** @param {[number, number]} point */
  extend(point) {
    const stroke = /** @type {Stroke} */ (this.current);
    const last = stroke.points[stroke.points.length - 1];
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < NEAR) return;
    stroke.points.push(point);
    this.line(stroke, stroke.points.length - 2);
    this.on.changed();
  }

  finish() {
    this.current = null;
    this.penDown = false;
    this.on.lifted();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = event.shiftKey ? 3 : STEP;
    const moves = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] };
    const move = moves[/** @type {keyof typeof moves} */ (event.key)];
    if (move) {
      this.cursor = [
        Math.max(0, Math.min(WIDTH, this.cursor[0] + move[0])),
        Math.max(0, Math.min(HEIGHT, this.cursor[1] + move[1])),
      ];
      if (this.penDown) this.extend(/** @type {[number, number]} */ ([...this.cursor]));
    } else if (event.key === " ") {
      if (this.penDown) this.finish();
      else {
        this.penDown = true;
        this.begin(/** @type {[number, number]} */ ([...this.cursor]), this.erase);
      }
    } else if (event.key === "Backspace") {
      this.undo();
    } else {
      return;
    }
    event.preventDefault();
    this.draw();
  }

  /** Take the last stroke back; with none left, the picture beneath. */
  undo() {
    this.current = null;
    this.penDown = false;
    if (!this.strokes.pop()) this.paper = null;
    this.draw();
    this.on.lifted();
  }

  clear() {
    this.set([], null);
    this.on.lifted();
  }

  /**
   * Show other strokes, on another picture.
   * @param {Stroke[]} strokes
   * @param {CanvasImageSource | null} [paper]
   * @param {number[]} [size]
   */
  set(strokes, paper = null, size = [1, 1]) {
    this.current = null;
    this.penDown = false;
    this.strokes = strokes;
    this.paper = paper;
    this.paperSize = size;
    this.draw();
  }
}
