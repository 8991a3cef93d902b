/** The ten stops of the tour: where each begins, what it says, and what to try there. */

/** @type {{title: string, text: string[], task: string, state: Record<string, string>}[]} */
export const STOPS = [];
