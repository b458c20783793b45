// sigma.js and graphology with the shapes of the schema, as a bundle of its own: pages without it stay small.
import { UndirectedGraph } from "graphology";
import Sigma from "sigma";
import { NodeCircleProgram } from "sigma/rendering";

// How far a point is from the middle, in radii, for each shape (names of vis-network); all fit in the unit circle.
const METRIC = {
  dot: "length(p)",
  square: "max(abs(p.x), abs(p.y)) * 1.28",
  diamond: "abs(p.x) + abs(p.y)",
  triangle: "max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) * 1.75",
  hexagon: "max(abs(p.x), abs(p.x) * 0.5 + abs(p.y) * 0.866) * 1.155",
  star: "length(p) / (0.66 + 0.34 * cos(5.0 * (atan(p.y, p.x) - 1.5708)))",
};

function program(metric) {
  return class extends NodeCircleProgram {
    getDefinition() {
      const definition = super.getDefinition();
      const source = definition.FRAGMENT_SHADER_SOURCE.replace("length(v_diffVector) - v_radius", `shape(v_diffVector / v_radius) * v_radius - v_radius`)
        .replace("void main(void)", `float shape(vec2 p) { return ${metric}; }\nvoid main(void)`);
      return { ...definition, FRAGMENT_SHADER_SOURCE: source };
    }
  };
}

const nodeProgramClasses = Object.fromEntries(Object.entries(METRIC).map(([name, metric]) => [name, program(metric)]));
globalThis.kgWebgl = { Graph: UndirectedGraph, Sigma, nodeProgramClasses };
