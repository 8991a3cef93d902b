/**
 * The shapes of what the server answers (see /docs), for the type checker. Nothing here runs.
 *
 * @typedef {{id: string, title: string}} Named
 * @typedef {{name: string, activation: string, formula: string, inputs: number, units: number}} Layer
 * @typedef {Named & {image_shape: [number, number] | null, pixel_max: number, class_names: string[],
 *   layers: Layer[], parameters: number, loss: string, figures: Record<string, number>}} ModelInfo
 * @typedef {Named & {samples: number, features: number, image_shape: [number, number] | null,
 *   class_names: string[] | null}} DataSource
 *
 * @typedef {{points: [number, number][], width: number, erase: boolean}} Stroke
 * @typedef {{width: number, height: number, strokes: Stroke[], picture: string | null}} Drawing
 * @typedef {[number, number, number, number]} Box
 * @typedef {{label: number, name: string, confidence: number}} Guess
 * @typedef {Guess & {runner_up: Guess, probabilities: number[], box: Box, pixels: number[], image: number[],
 *   steps: {name: string, png: string}[]}} Digit
 * @typedef {{box: Box, reason: string, guess: Digit | null}} Refused
 * @typedef {{text: string, reason: string, digits: Digit[], refused: Refused[], milliseconds: number}} Reading
 * @typedef {{model: Named, before: number[], after: number[], known_before: number | null,
 *   known_after: number | null, known: number, corrections: number}} Taught
 *
 * @typedef {{pixels: number[], label: number | null, title: string, from: "drawing" | "data",
 *   source?: string, number?: number, samples?: number}} Subject
 * @typedef {Layer & {Z: number[], A: number[]}} LayerView
 * @typedef {{layers: LayerView[], probabilities: number[], label: number, loss: number}} Look
 * @typedef {{unit: number, value: number, weight: number, contribution: number}} Connection
 * @typedef {{layer: number, unit: number, weights: number[], contributions: number[], b: number, Z: number,
 *   A: number, inputs: Connection[], outputs: Connection[]}} UnitView
 * @typedef {{title: string, values: number[], total: number, bias: number}} EvidenceMap
 * @typedef {{exact: boolean, method: string, winner: number, runner_up: number, logits: number[],
 *   maps: EvidenceMap[]}} Evidence
 *
 * @typedef {{letter: string, key: string, shape: number[], meaning: string}} Matrix
 * @typedef {{columns: string[], rows: (string | number)[][], rest: string}} Table
 * @typedef {{phase: string, title: string, formula: string, shapes: string, text: string[],
 *   table: Table | null, matrices: Matrix[]}} Station
 * @typedef {{stations: Station[], label: number, loss_before: number, loss_after: number, before: number[],
 *   after: number[]}} StepAnswer
 * @typedef {{learning_rates: number[], losses: (number | null)[], loss_before: number}} Curve
 *
 * @typedef {{epoch: number, epochs: number, loss: number, accuracy: number | null,
 *   validation_loss: number | null, validation_accuracy: number | null, learning_rate: number,
 *   seconds: number, images_per_second: number}} EpochReport
 * @typedef {{epoch: number, step: number, steps: number, loss: number, learning_rate: number,
 *   gradients: Record<string, number>}} StepReport
 * @typedef {{steps: number, epochs: number, samples: number, image_shape: [number, number] | null,
 *   pixel_max: number | null, class_names: string[], parameters: number,
 *   held_out: {part: string, samples: number}}} StartedReport
 * @typedef {{number: number, label: number, answer: number, confidence: number, image?: string}} Mistake
 * @typedef {{weights: {units: number, limit: number, data: string}, accuracy: number | null,
 *   confusion: number[][] | null, mistakes: Mistake[]}} LookReport
 * @typedef {{status: string, reason: string, figures: {accuracy?: number, loss?: number, samples?: number},
 *   started: StartedReport | null}} StatusReport
 *
 * What a page gets, and what it gives back.
 * @typedef {{api: import("./api.js").Api, info: (id?: string) => Promise<ModelInfo>,
 *   say: (text: string) => void, fail: (error: unknown) => void,
 *   refreshModels: (choose?: string) => Promise<void>}} App
 * @typedef {{update: (state: Record<string, string>) => void, leave?: () => void}} Page
 */

export {};
