// Very many edges as one picture: how many of them cross each pixel, drawn darker where more do. Software rendering
// takes seconds for 150,000 lines in WebGL, and counting them here takes a tenth of one; what many edges share shows.

const DARK = 150; // of 255, where 255 edges or more cross a pixel

/** A function that draws the edges between nodes, pairs of numbers, on a 2D canvas, as sigma's camera stands. */
export function strands(sigma, from, to, which, colour) {
  const n = which.length;
  const ends = new Float32Array(4 * n);
  which.forEach((i, k) => {
    const [a, b] = [sigma.getNodeDisplayData(from[i]), sigma.getNodeDisplayData(to[i])];
    ends.set([a.x, a.y, b.x, b.y], 4 * k);
  });
  const [red, green, blue] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
  const ink = Uint8Array.from({ length: 256 }, (_, c) => (DARK * Math.log2(1 + c)) / 8);
  let [counts, image] = [null, null];

  return (context) => {
    const { width: w, height: h } = context.canvas;
    if (image?.width !== w || image.height !== h) [image, counts] = [new ImageData(w, h), new Uint8Array(w * h)];
    counts.fill(0);
    const dense = w / sigma.getDimensions().width;
    const [o, p, q] = [[0, 0], [1, 0], [0, 1]].map(([x, y]) => sigma.framedGraphToViewport({ x, y }));
    const [xx, xy, yx, yy, x0, y0] = [p.x - o.x, q.x - o.x, p.y - o.y, q.y - o.y, o.x, o.y].map((v) => v * dense);
    for (let k = 0; k < 4 * n; k += 4) {
      const ax = xx * ends[k] + xy * ends[k + 1] + x0;
      const ay = yx * ends[k] + yy * ends[k + 1] + y0;
      const dx = xx * ends[k + 2] + xy * ends[k + 3] + x0 - ax;
      const dy = yx * ends[k + 2] + yy * ends[k + 3] + y0 - ay;
      // From where to where along it an edge is within the picture.
      let [t, u] = [0, 1];
      if (dx !== 0) [t, u] = dx > 0 ? [Math.max(t, -ax / dx), Math.min(u, (w - 1 - ax) / dx)] : [Math.max(t, (w - 1 - ax) / dx), Math.min(u, -ax / dx)];
      else if (ax < 0 || ax > w - 1) continue;
      if (dy !== 0) [t, u] = dy > 0 ? [Math.max(t, -ay / dy), Math.min(u, (h - 1 - ay) / dy)] : [Math.max(t, (h - 1 - ay) / dy), Math.min(u, -ay / dy)];
      else if (ay < 0 || ay > h - 1) continue;
      if (t > u) continue;
      const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) * (u - t)) || 1;
      const [sx, sy] = [(dx * (u - t)) / steps, (dy * (u - t)) / steps];
      let [x, y] = [ax + dx * t + 0.5, ay + dy * t + 0.5];
      for (let i = 0; i <= steps; i++) {
        const at = (y | 0) * w + (x | 0);
        if (counts[at] < 255) counts[at]++;
        x += sx;
        y += sy;
      }
    }
    const { data } = image;
    for (let i = 0, at = 0; i < counts.length; i++, at += 4) {
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      data[at + 3] = ink[counts[i]];
    }
    context.putImageData(image, 0, 0);
  };
}
