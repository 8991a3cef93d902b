/** The example that Look inside and Step talk about: the drawing, or a sample of a data set. */

import { exampleStrokes } from "./examples.js";
import { HEIGHT, WIDTH, decodeInk, encodeInk } from "./ink.js";

/** @typedef {import("./types.js").Subject} Subject */
/** @typedef {import("./types.js").ModelInfo} ModelInfo */

/**
 * Find out what the address speaks of.
 * @param {Record<string, string>} state ink, or sample (digits:12); label; edits
 * @param {ModelInfo} model
 * @param {import("./api.js").Api} api
 * @returns {Promise<Subject>}
 */
export async function findSubject(state, model, api) {
  const subject = await original(state, model, api);
  for (const [index, value] of decodeEdits(state.edits ?? "")) {
    if (index < subject.pixels.length) subject.pixels[index] = value;
  }
  if (state.label !== undefined && state.label !== "") {
    const label = Number(state.label);
    if (Number.isInteger(label) && label >= 0 && label < model.class_names.length) subject.label = label;
  }
  return subject;
}

/**
 * @param {Record<string, string>} state
 * @param {ModelInfo} model
 * @param {import("./api.js").Api} api
 * @returns {Promise<Subject>}
 */
async function original(state, model, api) {
  if (state.sample) return sampleOf(state.sample, model, api);
  if (model.image_shape === null) return sampleOf(await fitting(model, api), model, api);
  const ink = state.ink ?? encodeInk(exampleStrokes("7"));
  const drawing = { width: WIDTH, height: HEIGHT, strokes: decodeInk(ink), picture: null };
  const reading = await api.read(drawing, model.id);
  const guesses = reading.digits.length ? reading.digits : reading.refused.flatMap((r) => r.guess ?? []);
  const digit = guesses[Math.min(Number(state.digit ?? 0) || 0, guesses.length - 1)];
  if (!digit) throw new Error(`${reading.reason} Draw a digit first, or choose a sample.`);
  const shown = state.ink ? "the drawing" : "an example drawing";
  const title = reading.digits.length ? shown : `${shown}, which it rejects as no digit,`;
  return { pixels: [...digit.pixels], label: null, title, from: "drawing" };
}

/**
 * @param {string} reference
 * @param {ModelInfo} model
 * @param {import("./api.js").Api} api
 * @returns {Promise<Subject>}
 */
async function sampleOf(reference, model, api) {
  const at = reference.lastIndexOf(":");
  const source = reference.slice(0, at);
  const number = Math.max(0, Number(reference.slice(at + 1)) || 0);
  const sample = await api.sample(source, number);
  const wanted = model.layers[0].inputs;
  if (sample.pixels.length !== wanted) {
    throw new Error(
      `A sample of “${source}” has ${sample.pixels.length} numbers, but this model reads ${wanted}. ` +
        "Choose another model or sample.",
    );
  }
  const label = sample.name === null ? -1 : model.class_names.indexOf(sample.name);
  return {
    pixels: sample.pixels,
    label: label >= 0 ? label : null,
    title: `sample ${number} of ${source}`,
    from: "data",
    source,
    number,
    samples: sample.samples,
  };
}

/** The first sample of a data set that fits a model. @param {ModelInfo} model @param {import("./api.js").Api} api */
async function fitting(model, api) {
  const source = (await api.data()).find((data) => data.features === model.layers[0].inputs);
  if (!source) throw new Error("There is no data set here that fits this model. Upload one on the Train page.");
  return `${source.id}:0`;
}

/** Pixels that were changed: "1a-255,1b-0". @param {string} text @returns {[number, number][]} */
export function decodeEdits(text) {
  return text
    .split(",")
    .filter(Boolean)
    .map((edit) => {
      const [index, value] = edit.split("-");
      return /** @type {[number, number]} */ ([parseInt(index, 36), Number(value)]);
    })
    .filter(([index, value]) => Number.isInteger(index) && Number.isFinite(value));
}

/** @param {Map<number, number>} edits */
export function encodeEdits(edits) {
  return [...edits].map(([index, value]) => `${index.toString(36)}-${value}`).join(",");
}
