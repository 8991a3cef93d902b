// The page: strokes, the answer, and the view inside.
"use strict";

(() => {
  const find = (id) => document.getElementById(id);
  const paper = find("paper"),
    pen = paper.getContext("2d", { willReadFrequently: true });
  let strokes = [],
    arrays = null,
    chosen = null;

  const redraw = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, 280, 280);
    pen.strokeStyle = pen.fillStyle = "#000";
    pen.lineCap = pen.lineJoin = "round";
    for (const { points, width } of strokes) {
      pen.lineWidth = width;
      pen.beginPath();
      points.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      if (points.length === 1) pen.lineTo(points[0][0] + 0.01, points[0][1]);
      pen.stroke();
    }
  };

  const grey = (canvas, values, colour) => {
    const side = Math.sqrt(values.length),
      image = new ImageData(side, side);
    values.forEach((v, i) => image.data.set([...colour(v), 255], 4 * i));
    canvas.getContext("2d").putImageData(image, 0, 0);
  };
  const signed = (limit) => (v) => {
    // red for, blue against, white for nothing
    const s = Math.min(Math.abs(v) / limit, 1),
      [r, g, b] = v > 0 ? [178, 24, 43] : [33, 102, 172];
    return [255 + s * (r - 255), 255 + s * (g - 255), 255 + s * (b - 255)];
  };
  const greatest = (values) => values.reduce((m, v) => Math.max(m, Math.abs(v)), 1e-9);

  const bars = find("bars");
  MODEL.classes.forEach((name) => {
    const row = document.createElement("li"),
      label = document.createElement("span"),
      meter = document.createElement("meter"),
      value = document.createElement("span");
    label.textContent = name;
    meter.setAttribute("aria-label", `probability of ${name}`);
    row.append(label, meter, value);
    bars.append(row);
  });

  const read = () => {
    const data = pen.getImageData(0, 0, 280, 280).data,
      ink = new Float32Array(280 * 280);
    for (let i = 0; i < ink.length; i++) ink[i] = 1 - data[4 * i] / 255;
    const seen = glassnet.normalized(ink, 280),
      blank = !seen.some((v) => v);
    grey(find("seen"), seen, (v) => [255 - v, 255 - v, 255 - v]);
    arrays = glassnet.forward(seen);
    const P = arrays.at(-1),
      order = [...P.keys()].sort((a, b) => P[b] - P[a]),
      [best, second] = order;
    const sure = (k) => `${(100 * P[k]).toFixed(1)} %`;
    [...bars.children].forEach((row, k) => {
      row.className = !blank && k === best ? "first" : "";
      row.children[1].value = blank ? 0 : P[k];
      row.children[2].textContent = blank ? "" : sure(k);
    });
    const name = (k) => MODEL.classes[k];
    find("said").textContent = blank
      ? "Nothing is drawn yet."
      : P[best] < MODEL.threshold
        ? `Not a digit, as far as it can tell. (${name(best)}: ${sure(best)})`
        : `It reads ${name(best)}, ${sure(best)} sure; then ${name(second)}, ${sure(second)}.`;
    inside(blank, best, second);
  };

  const { layers } = glassnet,
    hidden = [...layers.keys()].filter((n) => layers[n].activation && n < layers.length - 1);
  const COLUMNS = 32;
  for (const n of hidden) {
    const title = document.createElement("p"),
      canvas = document.createElement("canvas");
    const units = layers.slice(0, n).findLast((l) => l.W).n_outputs;
    title.textContent = `hidden ${hidden.indexOf(n) + 1}: ${units} units, darker is more active`;
    canvas.className = "layer";
    canvas.width = COLUMNS;
    canvas.height = Math.ceil(units / COLUMNS);
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "img");
    canvas.dataset.layer = n;
    canvas.dataset.units = units;
    canvas.setAttribute("aria-label", `${title.textContent}; arrow keys choose a unit`);
    canvas.addEventListener("click", (event) => {
      const box = canvas.getBoundingClientRect();
      choose(
        canvas,
        Math.floor(((event.clientX - box.left) / box.width) * COLUMNS) +
          COLUMNS * Math.floor(((event.clientY - box.top) / box.height) * canvas.height),
      );
    });
    canvas.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
      if (!by) return;
      event.preventDefault();
      choose(canvas, (chosen && chosen.n === n ? chosen.unit : 0) + by);
    });
    find("layers").append(title, canvas);
  }

  const choose = (canvas, unit) => {
    if (unit < 0 || unit >= +canvas.dataset.units) return;
    chosen = { n: +canvas.dataset.layer, unit };
    show();
  };
  const show = () => {
    if (!chosen) return;
    const { n, unit } = chosen,
      before = layers.slice(0, n).findLastIndex((l) => l.W),
      dense = layers[before];
    const weights = Array.from({ length: dense.n_inputs }, (_, i) => dense.W[i * dense.n_outputs + unit]);
    const A = arrays[n + 1][unit],
      Z = arrays[before + 1][unit];
    const where = `hidden ${hidden.indexOf(n) + 1}, unit ${unit}: Z = ${Z.toFixed(3)}, A = ${A.toFixed(3)}`;
    if (dense.n_inputs === 784) {
      grey(find("unit"), weights, signed(greatest(weights)));
      find("unit-said").textContent = `${where}. Its weights: red for, blue against.`;
      return;
    }
    const X = arrays[before],
      parts = weights
        .map((w, i) => [w * X[i], i])
        .sort((a, b) => Math.abs(b[0]) - Math.abs(a[0]))
        .slice(0, 4);
    grey(find("unit"), new Float32Array(784), () => [255, 255, 255]);
    find("unit-said").textContent =
      `${where}. Most from unit ${parts.map(([v, i]) => `${i} (${v.toFixed(2)})`).join(", ")}.`;
  };

  const inside = (blank, best, second) => {
    for (const canvas of document.querySelectorAll(".layer")) {
      const A = arrays[+canvas.dataset.layer + 1],
        top = greatest(A),
        image = new ImageData(canvas.width, canvas.height);
      for (let i = 0; i < canvas.width * canvas.height; i++) {
        const s = i < A.length && !blank ? Math.min(Math.abs(A[i]) / top, 1) : 0,
          g = i < A.length ? 245 - 225 * s : 255;
        image.data.set([g, g, g, 255], 4 * i);
      }
      canvas.getContext("2d").putImageData(image, 0, 0);
    }
    show();
    const map = blank ? null : glassnet.evidence(arrays, best, second);
    grey(find("why"), map || new Float32Array(784), map ? signed(greatest(map)) : () => [255, 255, 255]);
    find("why-said").textContent = map
      ? `Why ${MODEL.classes[best]} and not ${MODEL.classes[second]}: red pixels speak for it, blue ones against.`
      : "Why this answer and not the next one.";
  };

  const place = (event) => {
    const box = paper.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * 280, ((event.clientY - box.top) / box.height) * 280];
  };
  let drawing = false;
  paper.addEventListener("pointerdown", (event) => {
    paper.setPointerCapture(event.pointerId);
    drawing = true;
    strokes.push({ points: [place(event)], width: +find("pen").value });
    redraw();
  });
  paper.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) strokes.at(-1).points.push(place(each));
    redraw();
  });
  for (const end of ["pointerup", "pointercancel"])
    paper.addEventListener(end, () => {
      if (drawing) {
        drawing = false;
        read();
      }
    });
  find("undo").addEventListener("click", () => {
    strokes.pop();
    redraw();
    read();
  });
  find("clear").addEventListener("click", () => {
    strokes = [];
    redraw();
    read();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
      strokes.pop();
      redraw();
      read();
    }
  });
  find("about").textContent = MODEL.about;
  redraw();
  read();
})();
