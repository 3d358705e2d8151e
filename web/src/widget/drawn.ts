/** A sign of one path in 24 units, for views that are made without Lit. */
export function drawn(d: string): SVGElement {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag)) as [SVGElement, SVGElement];
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}
