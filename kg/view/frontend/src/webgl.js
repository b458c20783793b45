// sigma.js and graphology with the shapes of the schema, as a bundle of its own: pages without it stay small.
import { UndirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeRectangleProgram, NodePointProgram } from "sigma/rendering";

// How far a point is from the middle, in radii, for each shape (names of vis-network); all fit in the unit circle.
const METRIC = {
  dot: "length(p)",
  square: "max(abs(p.x), abs(p.y)) * 1.28",
  diamond: "abs(p.x) + abs(p.y)",
  triangle: "max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) * 1.75",
  hexagon: "max(abs(p.x), abs(p.x) * 0.5 + abs(p.y) * 0.866) * 1.155",
  star: "length(p) / (0.66 + 0.34 * cos(5.0 * (atan(p.y, p.x) - 1.5708)))",
};
const SHAPES = Object.keys(METRIC);

const VERTEX = `
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size, a_shape;
uniform float u_sizeRatio, u_pixelRatio, u_faded;
uniform vec4 u_faint;
uniform mat3 u_matrix;
varying vec4 v_color;
varying float v_soft, v_shape;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  bool faint = u_faded > 0.5 && a_size > 0.0;
  float radius = (faint ? min(a_size, 1.6) : abs(a_size)) / u_sizeRatio * u_pixelRatio;
  gl_PointSize = radius * 2.0 + 1.0;
  v_soft = 1.0 / max(radius, 1.0);
  v_shape = a_shape;
  v_color = faint ? u_faint : vec4(a_color.rgb, 1.0);
}`;

const FRAGMENT = `
precision mediump float;
varying vec4 v_color;
varying float v_soft, v_shape;
float shape(vec2 p) {
  ${SHAPES.map((name, i) => `if (v_shape < ${i}.5) return ${METRIC[name]};`).join("\n  ")}
  return length(p);
}
void main(void) {
  vec2 p = (gl_PointCoord - 0.5) * 2.0 * (1.0 + v_soft * 0.5);
  gl_FragColor = v_color * clamp((1.0 - shape(vec2(p.x, -p.y))) / v_soft + 0.5, 0.0, 1.0);
}`;

/** A color of CSS as numbers for a shader. */
function rgba(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
  return [r, g, b, 1];
}

// Nodes are points: one vertex each. sigma's own circles are instanced triangles, which software rendering draws one
// call a node, twenty times as slowly. One program draws every shape, for each is compiled while the reader waits. There
// is no second picture to pick from either: `finder` (network-view.js) looks places up, where reading a pixel back waits
// for everything drawn before. A size below zero marks what is near the focus.
class Node extends NodePointProgram {
  constructor(gl, picking, renderer) {
    super(gl, null, renderer);
  }

  getDefinition() {
    const definition = super.getDefinition();
    return { ...definition, VERTEX_SHADER_SOURCE: VERTEX, FRAGMENT_SHADER_SOURCE: FRAGMENT, UNIFORMS: [...definition.UNIFORMS, "u_faded", "u_faint"],
      ATTRIBUTES: [...definition.ATTRIBUTES.filter((a) => a.name !== "a_id"), { name: "a_shape", size: 1, type: WebGLRenderingContext.FLOAT }] };
  }

  processVisibleItem(index, at, data) {
    super.processVisibleItem(SHAPES.indexOf(data.shape), at, data.near ? { ...data, size: -data.size } : data);
  }

  setUniforms(params, info) {
    super.setUniforms(params, info);
    const { faded, faint } = this.renderer.look ?? {};
    info.gl.uniform1f(info.uniformLocations.u_faded, faded ? 1 : 0);
    info.gl.uniform4fv(info.uniformLocations.u_faint, rgba(faint ?? "#888888"));
  }
}

// While something is in focus only its own edges are drawn, on a canvas below the nodes (network-view.js).
class Edge extends EdgeRectangleProgram {
  render(params) {
    if (!this.renderer.look?.faded) super.render(params);
  }
}

/** In the place of a program of sigma's that is not used, and would be compiled all the same. */
class None {
  reallocate() {}
  render() {}
  kill() {}
}

globalThis.kgWebgl = { Graph: UndirectedGraph, Sigma, nodeProgramClasses: { circle: Node }, edgeProgramClasses: { line: Edge, arrow: None } };
