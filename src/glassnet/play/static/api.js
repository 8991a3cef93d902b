/** Every question to the server. A page without a server can bring another object with the same methods. */

/** @typedef {import("./types.js").Drawing} Drawing */
/** @typedef {{model: string, pixels: number[], label?: number | null}} Example */

const KEY = "glassnet-session";

/** An answer that says what was wrong. */
export class Refusal extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export class Api {
  constructor() {
    this.session = sessionStorage.getItem(KEY) ?? "";
    this.version = "";
    this.first = "";
  }

  /** Go on with this tab's session, or begin one. @returns {Promise<void>} */
  async start() {
    const answer = this.session ? await this.ask("GET", "/api/session").catch(() => null) : null;
    const start = answer ?? (await this.ask("POST", "/api/sessions"));
    this.session = start.session;
    this.version = start.version;
    this.first = start.model;
    sessionStorage.setItem(KEY, this.session);
  }

  /**
   * @param {string} method @param {string} path @param {unknown} [body] @param {AbortSignal} [signal]
   * @returns {Promise<any>}
   */
  async ask(method, path, body, signal) {
    const answer = await this.fetch(method, path, body, signal);
    return answer.json();
  }

  /**
   * @param {string} method @param {string} path @param {unknown} [body] @param {AbortSignal} [signal]
   * @returns {Promise<Response>}
   */
  async fetch(method, path, body, signal) {
    /** @type {Record<string, string>} */
    const headers = { "X-Glassnet-Session": this.session };
    const raw = body instanceof Blob;
    if (body !== undefined && !raw) headers["Content-Type"] = "application/json";
    const sent = body === undefined ? undefined : raw ? body : JSON.stringify(body);
    /** @type {Response} */
    let answer;
    try {
      answer = await fetch(path, { method, headers, body: sent, signal });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new Refusal(0, "The server does not answer. Is “glassnet play” still running?");
    }
    if (!answer.ok) {
      const told = await answer.json().catch(() => ({}));
      throw new Refusal(answer.status, told.detail ?? `The server answered ${answer.status}.`);
    }
    return answer;
  }

  /** @returns {Promise<import("./types.js").Named[]>} */
  models() {
    return this.ask("GET", "/api/models");
  }

  /** @param {string} id @returns {Promise<import("./types.js").ModelInfo>} */
  model(id) {
    return this.ask("GET", `/api/models/${encodeURIComponent(id)}`);
  }

  /** @param {string} id @returns {Promise<Blob>} */
  async modelFile(id) {
    return (await this.fetch("GET", `/api/models/${encodeURIComponent(id)}/file`)).blob();
  }

  /** @returns {Promise<import("./types.js").DataSource[]>} */
  data() {
    return this.ask("GET", "/api/data");
  }

  /** @param {Blob} file @param {string} title @returns {Promise<import("./types.js").Named>} */
  upload(file, title) {
    return this.ask("POST", `/api/data?title=${encodeURIComponent(title)}`, file);
  }

  /** @param {string} source @param {number} number */
  sample(source, number) {
    return this.ask("GET", `/api/data/${encodeURIComponent(source)}/${number}`);
  }

  /** @param {Drawing} drawing @param {string} model @param {AbortSignal} [signal]
   * @returns {Promise<import("./types.js").Reading>} */
  read(drawing, model, signal) {
    return this.ask("POST", "/api/read", { drawing, model }, signal);
  }

  /** @param {Blob} file @returns {Promise<{picture: string, width: number, height: number}>} */
  open(file) {
    return this.ask("POST", "/api/pictures", file);
  }

  /** @param {Example} example @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Look>} */
  look(example, signal) {
    return this.ask("POST", "/api/look", example, signal);
  }

  /** @param {Example} example @param {number} layer @param {number} unit @param {AbortSignal} [signal]
   * @returns {Promise<import("./types.js").UnitView>} */
  unit(example, layer, unit, signal) {
    return this.ask("POST", "/api/unit", { ...example, layer, unit }, signal);
  }

  /** @param {Example} example @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Evidence>} */
  evidence(example, signal) {
    return this.ask("POST", "/api/evidence", example, signal);
  }

  /** @param {Example} example @param {number} rate @param {AbortSignal} [signal]
   * @returns {Promise<import("./types.js").StepAnswer>} */
  step(example, rate, signal) {
    return this.ask("POST", "/api/step", { ...example, learning_rate: rate }, signal);
  }

  /** @param {Example} example @param {AbortSignal} [signal] @returns {Promise<import("./types.js").Curve>} */
  curve(example, signal) {
    return this.ask("POST", "/api/step/curve", example, signal);
  }

  /** @param {Example} example @param {number} rate @param {string} key
   * @returns {Promise<{values: Float32Array, shape: number[]}>} */
  async matrix(example, rate, key) {
    const answer = await this.fetch("POST", "/api/step/matrix", { ...example, learning_rate: rate, key });
    const shape = (answer.headers.get("X-Shape") ?? "").split(",").map(Number);
    return { values: new Float32Array(await answer.arrayBuffer()), shape };
  }

  /** @returns {Promise<any>} */
  trainingOptions() {
    return this.ask("GET", "/api/training/options");
  }

  /** @returns {Promise<{status: string, recipe: any, previous: import("./types.js").EpochReport[]}>} */
  training() {
    return this.ask("GET", "/api/training");
  }

  /** @param {Record<string, unknown>} experiment */
  train(experiment) {
    return this.ask("POST", "/api/training", experiment);
  }

  /** @param {"pause" | "resume" | "batch" | "epoch" | "stop"} command */
  tell(command) {
    return this.ask("POST", `/api/training/${command}`);
  }

  /** @returns {Promise<import("./types.js").Named>} */
  use() {
    return this.ask("POST", "/api/training/use");
  }

  /** @param {string} name @returns {Promise<import("./types.js").Named>} */
  keep(name) {
    return this.ask("POST", "/api/training/keep", { name });
  }

  /** Everything that the training reports. @returns {WebSocket} */
  live() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    return new WebSocket(`${scheme}//${location.host}/api/training/live?session=${encodeURIComponent(this.session)}`);
  }

  /** @param {string} model @param {import("./types.js").Digit} digit @param {number} label
   * @returns {Promise<import("./types.js").Taught>} */
  teach(model, digit, label) {
    return this.ask("POST", "/api/teach", { model, pixels: digit.pixels, image: digit.image, label });
  }

  /** @returns {Promise<import("./types.js").Named>} */
  unteach() {
    return this.ask("POST", "/api/teach/undo");
  }

  /** @returns {Promise<Blob>} */
  async drawings() {
    return (await this.fetch("GET", "/api/teach/drawings")).blob();
  }
}
