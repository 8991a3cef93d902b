// The network, in plain numbers: what glassnet.nn computes, once more for a page without a server.
"use strict";

const glassnet = (() => {
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const floats = (text) => new Float32Array(bytes(text).buffer);

  // Many weights come as whole numbers from -127 to 127, with a scale for each unit; few as they are.
  const unpack = ({ values, scale }) => {
    if (!scale) return floats(values);
    const small = new Int8Array(bytes(values).buffer),
      scales = floats(scale),
      K = scales.length;
    const W = new Float32Array(small.length);
    for (let i = 0; i < W.length; i++) W[i] = small[i] * scales[i % K];
    return W;
  };
  const layers = MODEL.layers.map(({ arrays, ...layer }) =>
    Object.assign(layer, ...Object.entries(arrays).map(([name, array]) => ({ [name]: unpack(array) }))),
  );

  const erf = (x) => {
    // Abramowitz and Stegun 7.1.26 is too coarse; this is W. J. Cody's idea with a series
    const a = Math.abs(x);
    if (a > 5) return Math.sign(x);
    let sum = a,
      term = a;
    for (let n = 1; n < 120; n++) {
      term *= (-a * a) / n;
      sum += term / (2 * n + 1);
    }
    return ((Math.sign(x) * 2) / Math.sqrt(Math.PI)) * sum;
  };
  const sigmoid = (z) => 1 / (1 + Math.exp(-z));

  const affine = (X, W, b) => {
    // Z = X W + b
    const Z = Float32Array.from(b),
      K = b.length;
    for (let i = 0; i < X.length; i++) {
      const x = X[i];
      if (x === 0) continue;
      for (let k = 0, w = i * K; k < K; k++, w++) Z[k] += x * W[w];
    }
    return Z;
  };
  const affineVjp = (dZ, W) => {
    // dX = dZ W^T
    const K = dZ.length,
      dX = new Float32Array(W.length / K);
    for (let i = 0; i < dX.length; i++) {
      let sum = 0;
      for (let k = 0, w = i * K; k < K; k++, w++) sum += W[w] * dZ[k];
      dX[i] = sum;
    }
    return dX;
  };
  const softmax = (Z) => {
    const top = Math.max(...Z),
      e = Z.map((z) => Math.exp(z - top));
    const sum = e.reduce((a, b) => a + b, 0);
    return e.map((x) => x / sum);
  };
  const functions = LAYERS({ affine, affineVjp, erf, sigmoid, softmax });

  // Every array of one forward pass: pixels from 0 to 255 in, [X, Z, A, ..., probabilities] out.
  const forward = (pixels) => {
    const arrays = [Float32Array.from(pixels, (p) => (p - MODEL.offset) * MODEL.scale)];
    for (const layer of layers) arrays.push(functions[layer.kind][0](arrays.at(-1), layer));
    return arrays;
  };
  const probabilities = (pixels) => Array.from(forward(pixels).at(-1));

  // The exact contribution of every pixel to logit[a] - logit[b]: only for networks of straight pieces.
  const evidence = (arrays, a, b) => {
    const last = layers.length - 1; // the softmax
    if (layers.slice(0, last).some((layer) => !functions[layer.kind][1])) return null;
    let d = new Float32Array(arrays[last].length);
    d[a] = 1;
    d[b] = -1;
    for (let n = last - 1; n >= 0; n--) d = functions[layers[n].kind][1](d, arrays[n], layers[n]);
    return d.map((w, i) => w * arrays[0][i]);
  };

  // From a drawing's ink (0 to 1, rows of `side`) to 28×28 as MNIST was made: box, 20 long, centre of mass.
  const normalized = (ink, side) => {
    let left = side,
      right = -1,
      top = side,
      bottom = -1;
    ink.forEach((v, i) => {
      if (v <= MODEL.edge) return;
      const x = i % side,
        y = (i - x) / side;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    });
    const picture = new Uint8Array(784);
    if (right < 0) return picture;
    const width = right - left + 1,
      height = bottom - top + 1,
      long = Math.max(width, height);
    const w = Math.max(1, Math.round((20 * width) / long)),
      h = Math.max(1, Math.round((20 * height) / long));
    const small = new Float32Array(w * h);
    let brightest = 0;
    for (let y = 0; y < h; y++)
      for (let x = 0; x < w; x++) {
        // the mean of what a new pixel covers
        const x0 = left + (x * width) / w,
          x1 = left + ((x + 1) * width) / w,
          y0 = top + (y * height) / h,
          y1 = top + ((y + 1) * height) / h;
        let sum = 0;
        for (let v = Math.floor(y0); v < y1; v++)
          for (let u = Math.floor(x0); u < x1; u++)
            sum +=
              ink[v * side + u] * (Math.min(u + 1, x1) - Math.max(u, x0)) * (Math.min(v + 1, y1) - Math.max(v, y0));
        small[y * w + x] = sum / ((x1 - x0) * (y1 - y0));
        brightest = Math.max(brightest, small[y * w + x]);
      }
    let mass = 0,
      mx = 0,
      my = 0;
    small.forEach((v, i) => {
      const s = (small[i] = Math.min(1, (MODEL.contrast * v) / Math.min(Math.max(brightest, 0.3), 1)));
      mass += s;
      mx += s * (i % w);
      my += s * Math.floor(i / w);
    });
    const at = (m, n) => Math.min(Math.max(Math.round(14 - m / mass), 0), 28 - n);
    const x0 = at(mx, w),
      y0 = at(my, h);
    small.forEach((v, i) => {
      picture[(y0 + Math.floor(i / w)) * 28 + x0 + (i % w)] = Math.round(255 * v);
    });
    return picture;
  };

  return { layers, forward, probabilities, evidence, normalized };
})();
