// A large picture takes software rendering longer to draw than a frame lasts. What was drawn is then kept as one still
// picture, which is moved and scaled as a whole while the camera moves; it is drawn anew when the camera rests.

const REST = 180; // ms without a move

/** Takes over the moves of sigma's camera; gives {moves, moving}. `ground` is the colour below the picture. */
export function glide(sigma, ground) {
  const camera = sigma.getCamera();
  const { mouse, nodes, edges, labels, focus, edgeLabels, ...above } = sigma.getCanvases();
  const drawn = [focus, nodes, labels];
  const still = document.createElement("canvas");
  const context = still.getContext("2d", { alpha: false });
  still.style.cssText = "position: absolute; transform-origin: 0 0; will-change: transform";
  edges.before(still);
  for (const layer of [...drawn, edges, edgeLabels]) layer.style.display = "none";
  mouse.style.opacity = 0; // nothing is drawn there, and what is blended costs
  const told = { moves: 0, moving: false };
  const ends = (cameraState) => [0, 1].map((x) => sigma.framedGraphToViewport({ x, y: 0.5 }, { cameraState }));
  let [base, angle, timer, frame] = [null, 0, null, null];

  sigma.on("afterRender", () => {
    if (still.width !== nodes.width || still.height !== nodes.height) {
      Object.assign(still, { width: nodes.width, height: nodes.height });
      Object.assign(still.style, { width: nodes.style.width, height: nodes.style.height });
    }
    context.fillStyle = ground;
    context.fillRect(0, 0, still.width, still.height);
    for (const layer of drawn) context.drawImage(layer, 0, 0);
    still.style.transform = "";
    for (const layer of Object.values(above)) layer.style.display = "";
    [base, angle, told.moving] = [ends(camera.getState()), camera.getState().angle, false];
    clearTimeout(timer);
  });

  function move() {
    frame = null;
    const [from, to] = ends(camera.getState());
    const scale = Math.hypot(to.x - from.x, to.y - from.y) / Math.hypot(base[1].x - base[0].x, base[1].y - base[0].y);
    still.style.transform = `translate(${from.x - scale * base[0].x}px, ${from.y - scale * base[0].y}px) scale(${scale})`;
    for (const layer of Object.values(above)) layer.style.display = "none"; // what is under the mouse
    told.moves++;
  }

  sigma.unbindCameraHandlers();
  camera.on("updated", (state) => {
    if (!base || state.angle !== angle) return sigma.scheduleRender();
    told.moving = true;
    frame ??= requestAnimationFrame(move);
    clearTimeout(timer);
    timer = setTimeout(() => sigma.scheduleRender(), REST);
    return undefined;
  });
  sigma.on("kill", () => [clearTimeout(timer), cancelAnimationFrame(frame), still.remove()]);
  return told;
}
