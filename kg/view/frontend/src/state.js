// The state of the view is the URL hash: "#/matrix?rows=task&min=2". Sharing the address shares the view.

export function parse(hash = location.hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter(Boolean).map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { view: parts[0] || "matrix", rest: parts.slice(1).join("/"), query: Object.fromEntries(new URLSearchParams(query)) };
}

export function address(view, query = {}, rest = "") {
  const kept = Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== "" && v !== false);
  const params = new URLSearchParams(kept).toString();
  const path = [view, ...(rest ? rest.split("/").map(encodeURIComponent) : [])].join("/");
  return `#/${path}${params ? `?${params}` : ""}`;
}

/** Goes to an address; `replace` leaves no step for the back button (typing in a field). */
export function go(hash, replace = false) {
  if (hash === location.hash) return;
  if (replace) {
    history.replaceState(null, "", hash);
    dispatchEvent(new HashChangeEvent("hashchange"));
  } else location.hash = hash;
}

export const change = (patch, replace = false) => {
  const now = parse();
  go(address(now.view, { ...now.query, ...patch }, now.rest), replace);
};
