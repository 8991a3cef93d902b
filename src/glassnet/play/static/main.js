/** The frame: pages, model, messages. */

import { Api, Refusal } from "./api.js";
import { h, swap } from "./dom.js";
import { addressOf, changeState, onState, readState } from "./state.js";
import { Tour } from "./tour.js";

/** @typedef {import("./types.js").App} App */
/** @typedef {import("./types.js").Page} Page */

const PAGES = { draw: "Draw", look: "Look", step: "Step", train: "Train", learn: "Learn" };
const LONG = { draw: "Draw", look: "Look inside", step: "Step", train: "Train", learn: "Learn" };

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const status = /** @type {HTMLElement} */ (document.getElementById("status"));
const models = /** @type {HTMLSelectElement} */ (document.getElementById("model"));

const api = new Api();
/** @type {Map<string, Promise<import("./types.js").ModelInfo>>} */
const infos = new Map();
/** @type {Page | null} */
let page = null;
let shown = "";
let fading = 0;

/** @type {App} */
const app = {
  api,
  info: (id = readState().model ?? api.first) => {
    let found = infos.get(id);
    if (!found) {
      found = api.model(id);
      found.catch(() => infos.delete(id));
      infos.set(id, found);
    }
    return found;
  },
  say: (text) => {
    status.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(() => {
      status.textContent = "";
    }, 6000);
  },
  fail: (error) => {
    if (error instanceof DOMException && error.name === "AbortError") return;
    if (error instanceof Refusal && error.status === 410) {
      api.session = "";
      void begin();
    }
    app.say(error instanceof Error ? error.message : String(error));
  },
  refreshModels: async (choose) => {
    const list = await api.models();
    infos.clear();
    models.replaceChildren(...list.map(({ id, title }) => h("option", { value: id }, title)));
    models.value = choose ?? readState().model ?? api.first;
    if (choose) changeState({ model: choose });
  },
};

const tour = new Tour(/** @type {HTMLElement} */ (document.getElementById("tour")));

/** @param {Record<string, string>} state */
async function show(state) {
  const name = state.page in PAGES ? state.page : "draw";
  navigation(name);
  tour.update(state);
  models.value = state.model ?? api.first;
  if (name === shown) {
    page?.update(state);
    return;
  }
  shown = name;
  page?.leave?.();
  page = null;
  document.title = `${LONG[/** @type {keyof typeof LONG} */ (name)]} · Glassnet`;
  const module = await import(`./pages/${name}.js`);
  if (shown !== name) return; // another page was asked for meanwhile
  main.replaceChildren();
  page = await module.mount(main, app, state);
}

/** @param {string} current */
function navigation(current) {
  const list = /** @type {HTMLElement} */ (document.getElementById("pages"));
  swap(
    list,
    ...Object.entries(PAGES).map(([name, title]) =>
      h(
        "li",
        null,
        h(
          "a",
          {
            "data-focus": name,
            href: addressOf({ page: name }),
            "aria-current": name === current ? "page" : null,
            "aria-label": LONG[/** @type {keyof typeof LONG} */ (name)],
          },
          title,
        ),
      ),
    ),
  );
}

async function begin() {
  try {
    await api.start();
    await app.refreshModels();
    const { model } = readState();
    if (model && models.value !== model) {
      app.say(`The model “${model}” is not here (any more); this is another one.`);
      changeState({ model: null }, { silent: true });
    }
    shown = "";
    await show(readState());
  } catch (error) {
    main.replaceChildren(h("p", { class: "card" }, error instanceof Error ? error.message : String(error)));
  }
}

models.addEventListener("change", () =>
  changeState({ model: models.value, sample: null, label: null, edits: null, unit: null, layer: null, digit: null }),
);
document.getElementById("skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
onState((state) => void show(state).catch(app.fail));
void begin();
