/* Tables from Word and spreadsheets, pasted into the editor of texts: it would run their cells together. A row becomes a
   paragraph with its cells apart, and it is said where a table belongs. js/admin/table-block.js pastes into tables. */

(() => {
  "use strict";

  const NEVER_MORE = { rows: 200, columns: 30 };
  const BETWEEN = " | "; // as core/text/markup.py
  const { asLines } = document.currentScript.dataset;

  const textOf = (cell) => {
    cell.querySelectorAll("br, p, div, li").forEach((each) => each.before(" "));
    return cell.textContent.replace(/\s+/g, " ").trim();
  };

  /* The texts of an HTML table, row by row; what spans several cells stands in the first of them. */
  const gridOf = (table) => {
    const grid = [...table.rows].slice(0, NEVER_MORE.rows).map(() => []);
    grid.forEach((cells, row) => {
      for (const cell of table.rows[row].cells) {
        let column = cells.findIndex((text) => text === undefined);
        if (column < 0) column = cells.length;
        const [below, beside] = [Math.min(cell.rowSpan || 1, 50), Math.min(cell.colSpan || 1, NEVER_MORE.columns)];
        for (let r = row; r < Math.min(row + below, grid.length); r += 1)
          for (let c = column; c < column + beside; c += 1) grid[r][c] = r === row && c === column ? textOf(cell) : "";
      }
    });
    return grid.map((cells) => Array.from(cells, (text) => text ?? "").slice(0, NEVER_MORE.columns));
  };

  /* Text with tabs, as spreadsheets write it: a cell with a line break or a quotation mark is quoted. */
  const gridOfText = (text) => {
    const grid = [[]];
    for (const [, quoted, plain, end] of text.replace(/\r\n?/g, "\n").matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g)) {
      if (!end && quoted === undefined && !plain && !grid.at(-1).length) break;
      grid.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/\s+/g, " ").trim());
      if (end === "\n") grid.push([]);
      if (!end) break;
    }
    return grid.filter((cells) => cells.length).slice(0, NEVER_MORE.rows).map((cells) => cells.slice(0, NEVER_MORE.columns));
  };

  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

  /* [["学校", "人数"], ["双福六小", "1200"]] of what is pasted; null if it is one cell or no table. */
  const cellsOf = (clipboard) => {
    const table = parsed(clipboard.getData("text/html")).querySelector("table");
    const text = clipboard.getData("text/plain");
    const grid = table ? gridOf(table) : text.includes("\t") ? gridOfText(text) : [];
    return grid.length > 1 || grid[0]?.length > 1 ? grid : null;
  };

  const tell = (editor) => {
    const place = editor.closest("[data-field-wrapper], .w-field__wrapper, .Draftail-Editor__wrapper") || editor;
    place.querySelector("[data-pasted-table]")?.remove();
    const told = document.createElement("p");
    told.className = "help-block help-warning";
    told.dataset.pastedTable = "";
    told.setAttribute("role", "status");
    told.textContent = asLines;
    place.append(told);
  };

  document.addEventListener(
    "paste",
    (event) => {
      const editor = event.target.closest?.(".Draftail-Editor");
      const given = event.clipboardData?.getData("text/html") || "";
      const tables = editor && given.includes("<table") ? parsed(given) : null;
      if (!tables?.querySelector("table")) return;
      event.preventDefault();
      event.stopPropagation();
      let isTold = false;
      /* The innermost first: what is a table within a cell is its text. */
      for (const table of [...tables.querySelectorAll("table")].reverse()) {
        const grid = gridOf(table);
        isTold ||= grid.length > 1 || grid[0]?.length > 1;
        const rows = grid.map((cells) => {
          const row = document.createElement("p");
          row.textContent = cells.join(BETWEEN);
          return row;
        });
        table.replaceWith(...rows);
      }
      const clipboard = new DataTransfer();
      clipboard.setData("text/html", tables.body.innerHTML);
      clipboard.setData("text/plain", event.clipboardData.getData("text/plain"));
      event.target.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: clipboard }));
      if (isTold) tell(editor);
    },
    true,
  );

  window.portalPastedTables = { cellsOf };
})();
