/** Where one is lives in the address, behind the #: page, model, sample, step. A link opens the same view. */

/** @returns {Record<string, string>} */
export function readState() {
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
}

/** @type {Set<(state: Record<string, string>) => void>} */
const listeners = new Set();

/**
 * Change some keys; null removes one.
 * @param {Record<string, string | number | null>} changes
 * @param {{push?: boolean, silent?: boolean}} [how] push: the browser's back button undoes it
 */
export function changeState(changes, { push = false, silent = false } = {}) {
  const address = addressOf(changes);
  if (address === location.hash) return;
  history[push ? "pushState" : "replaceState"](null, "", address);
  if (!silent) tell();
}

/**
 * The address with some keys changed.
 * @param {Record<string, string | number | null>} changes
 * @returns {string}
 */
export function addressOf(changes) {
  const state = new URLSearchParams(location.hash.slice(1));
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) state.delete(key);
    else state.set(key, String(value));
  }
  return `#${state.toString().replaceAll("%3A", ":").replaceAll("%2C", ",")}`;
}

/** @param {(state: Record<string, string>) => void} listener */
export function onState(listener) {
  listeners.add(listener);
}

function tell() {
  const state = readState();
  for (const listener of listeners) listener(state);
}

addEventListener("hashchange", tell);
addEventListener("popstate", tell);
