"use strict";
document.documentElement.classList.add("js");
for (const part of document.querySelectorAll("[data-table]")) {
  const table = part.querySelector("table"), body = table.tBodies[0], rows = [...body.rows];
  const filter = part.querySelector("input"), count = part.querySelector("output");
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, at) => {
    const cell = row.cells[at];
    return cell.dataset.n === undefined ? cell.textContent.trim() : Number(cell.dataset.n);
  };
  const compare = (a, b) => {
    if (a === "" || b === "") return a === b ? 0 : a === "" ? 1 : -1;
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a.localeCompare(b, "en", { numeric: true });
  };
  heads.forEach((head, at) => head.querySelector("button").addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach(other => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort((x, y) => {
      const a = value(x, at), b = value(y, at);
      if (a === "" || b === "") return compare(a, b);
      return down ? compare(b, a) : compare(a, b);
    });
    body.append(...rows);
  }));
  const show = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(word => word);
    let shown = 0;
    for (const row of rows) {
      const text = words.length && row.textContent.toLowerCase(), fits = words.every(word => text.includes(word));
      if (row.hidden === fits) row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    count.textContent = shown === rows.length ? `${rows.length} rows` : `${shown} of ${rows.length} rows`;
  };
  filter.addEventListener("input", show);
  show();
}
