/** The ten stops of the tour: where each begins, what it says, and what to try there. */

import { exampleStrokes } from "./examples.js";
import { encodeInk } from "./ink.js";

const [two, seven, four] = ["2", "7", "4"].map((digit) => encodeInk(exampleStrokes(digit)));

/** @type {{title: string, text: string[], task: string, state: Record<string, string>}[]} */
export const STOPS = [
  {
    title: "What does a network see?",
    text: [
      "Not a digit, and not a line: a list of numbers, one for each little square of the picture. No " +
        "ink is 0, full ink is the largest number.",
      "Before that, the drawing is cut out, made small and put in the middle. Networks learn from tidy " +
        "pictures, so they want tidy pictures.",
    ],
    task:
      "draw a digit, large or small, in a corner or in the middle. The small picture on the right " +
      "hardly changes. Point at its squares to read the numbers.",
    state: { page: "draw", ink: two },
  },
  {
    title: "What is a neuron?",
    text: [
      "A unit with one weight for each input. It multiplies each input by its weight, adds everything " +
        "up, and adds one number of its own, the bias. The sum is called Z.",
      "Its weights can be drawn as a picture: ink on the red places pushes Z up, ink on the blue " +
        "places pulls it down. The unit looks for that pattern.",
    ],
    task:
      "go through some units with “Next unit”. Find one that is excited by this digit, and see in “X " +
      "W” which parts of the ink did it.",
    state: { page: "look", ink: two, layer: "0", unit: "7" },
  },
  {
    title: "Why do most units keep silent?",
    text: [
      "Behind the sum stands the activation. The usual one, ReLU, lets a positive Z through and turns " +
        "a negative one into 0: such a unit says nothing.",
      "Without it, many layers would be no more than one: sums of sums are sums. The bend is what " +
        "makes a network more than a table of weights.",
    ],
    task:
      "choose a dark tile and a pale one. Compare Z and A. A silent unit (A = 0) sends nothing on, " +
      "whatever its outgoing weights are.",
    state: { page: "look", ink: seven, layer: "0", unit: "3" },
  },
  {
    title: "How do units become an answer?",
    text: [
      "The last layer has one unit for each class. It collects what the layer before says: each line " +
        "is one unit’s say, its A times a weight, red for and blue against.",
      "Softmax then turns these sums into shares that add up to 100 %. They are the network’s own " +
        "opinion of how sure it may be.",
    ],
    task: "choose another class in the output. Which units speak for it, and which against?",
    state: { page: "look", ink: four },
  },
  {
    title: "How wrong is it?",
    text: [
      "Learning needs one number that says how bad an answer is: the loss. Here it is minus the " +
        "logarithm of the share that the right class got. All of it: loss 0. Hardly anything: a large " +
        "loss.",
    ],
    task:
      "set “It should be” to a class that is wrong, and see the loss jump. A network that is sure and " +
      "wrong pays most.",
    state: { page: "step", ink: seven, station: "loss" },
  },
  {
    title: "Who is to blame?",
    text: [
      "Backpropagation goes the same way back and asks at each place: if this number grew a little, " +
        "how would the loss change? The answer is called a derivative: dZ, dW, db.",
      "It is the chain rule, layer by layer: the blame of a unit is the blame of those it spoke to, " +
        "times the weight between them.",
    ],
    task:
      "go on with the right arrow key. Watch the shapes: dW has the shape of W, a share of blame for " +
      "each single weight.",
    state: { page: "step", ink: seven, station: "backward" },
  },
  {
    title: "How does it learn?",
    text: [
      "Each weight takes a small step against its blame: W ← W − α dW. The learning rate α says how " +
        "far. Too small, and nothing happens; too large, and it jumps over the goal.",
    ],
    task:
      "set a class that is wrong, then move the learning rate. Find where the loss falls most, and " +
      "where the step is too long.",
    state: { page: "step", ink: seven, station: "update", rate: "0.1" },
  },
  {
    title: "Many small steps",
    text: [
      "Training is this, again and again: a batch of examples, forward, back, one step. Going through " +
        "all examples once is an epoch.",
      "At the start the weights are random and the answers too. See the curve fall and the accuracy " +
        "rise; the tiles turn from noise into patterns.",
    ],
    task:
      "start the training. Then start again with a learning rate ten times larger, and one ten times " +
      "smaller, and compare with the run before.",
    state: { page: "train" },
  },
  {
    title: "How good is it really?",
    text: [
      "Not the examples that it learned from count, but those it has never seen: the held-out ones. " +
        "When the two curves part, it has begun to learn by heart.",
      "The table shows what is taken for what; below it stand the pictures. Some of them puzzle people, too.",
    ],
    task:
      "add layers, or take a few units only. Does a bigger network do better on the held-out samples? " +
      "Then try dropout or augmentation.",
    state: { page: "train", "t.hidden": "256,128", "t.epochs": "30" },
  },
  {
    title: "Why did it take my 7 for a 1?",
    text: [
      "For a network of ReLUs, the answer to one picture can be taken apart exactly: each pixel’s " +
        "share for one class, and for one class rather than another.",
      "Change the picture and see what tips the balance. If you disagree with the network, tell it, on " +
        "Draw: it learns your digit, and shows whether it forgot others.",
    ],
    task:
      "erase part of the bar of this 7, pixel by pixel, until another class wins. Which pixels " +
      "mattered? Then draw your own odd 7, and correct the network if it is wrong.",
    state: { page: "look", ink: seven },
  },
];
