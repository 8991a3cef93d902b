/** The API's description, from the server's own openapi.json. */

import { h } from "./dom.js";

const main = /** @type {HTMLElement} */ (document.getElementById("main"));
const api = await (await fetch("/openapi.json")).json();

for (const [path, methods] of Object.entries(api.paths)) {
  for (const [method, about] of Object.entries(/** @type {Record<string, any>} */ (methods))) {
    const body = about.requestBody?.content?.["application/json"]?.schema;
    const answer = about.responses?.["200"]?.content?.["application/json"]?.schema;
    main.append(
      h(
        "section",
        { class: "card" },
        h("h2", null, `${method.toUpperCase()} ${path}`),
        h("p", null, about.description ?? about.summary),
        body ? h("p", { class: "shapes" }, "takes ", type(body)) : null,
        answer ? h("p", { class: "shapes" }, "gives ", type(answer)) : null,
      ),
    );
  }
}

main.append(h("h1", null, "Types"));
for (const [name, schema] of Object.entries(api.components.schemas)) {
  const fields = Object.entries(/** @type {any} */ (schema).properties ?? {});
  main.append(
    h(
      "section",
      { class: "card", id: name },
      h("h2", null, name),
      h("p", null, /** @type {any} */ (schema).description ?? ""),
      h(
        "ul",
        null,
        ...fields.map(([field, what]) =>
          h("li", null, `${field}: `, type(what), what.description ? ` (${what.description})` : ""),
        ),
      ),
    ),
  );
}

/** @param {any} schema @returns {any} */
function type(schema) {
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    return h("a", { href: `#${name}` }, name);
  }
  if (schema.anyOf)
    return h(
      "span",
      null,
      ...schema.anyOf.flatMap((/** @type {any} */ each, /** @type {number} */ i) =>
        i ? [" or ", type(each)] : [type(each)],
      ),
    );
  if (schema.type === "array") return h("span", null, "list of ", schema.items ? type(schema.items) : "…");
  return schema.enum ? schema.enum.join(", ") : (schema.type ?? "anything");
}
