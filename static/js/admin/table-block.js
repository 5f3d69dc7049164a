/* A range of a spreadsheet, or a table of Word, pasted into a cell of a table goes across its cells; into the heading of a
   column, its first row becomes the headings. Rows and columns that are lacking are added. */

(() => {
  "use strict";

  const Stock = window.telepath.constructors["wagtail.contrib.typed_table_block.blocks.TypedTableBlock"];

  const put = (table, grid, firstRow, firstColumn) => {
    const width = Math.max(...grid.map((cells) => cells.length));
    const kind = table.columns[firstColumn].blockDef;
    while (table.columns.length < firstColumn + width) table.insertColumn(table.columns.length, kind);
    while (table.rows.length < firstRow + grid.length) table.insertRow(table.rows.length);
    grid.forEach((cells, r) =>
      cells.forEach((text, c) => {
        const [row, column] = [firstRow + r, firstColumn + c];
        if (row < 0) table.columns[column].headingInput.value = text;
        else table.rows[row].blocks[column].setState(text);
      }),
    );
  };

  const paste = (table, event) => {
    const cell = event.target.closest("td, th");
    const column = cell ? [...cell.parentElement.children].indexOf(cell) - 1 : -1; // the first holds buttons
    const grid = column < 0 || !table.columns[column] ? null : window.portalPastedTables.cellsOf(event.clipboardData);
    if (!grid) return;
    event.preventDefault();
    put(table, grid, [...table.tbody.children].indexOf(cell.parentElement), column);
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
  };

  class TableBlock extends Stock {
    render(...where) {
      const table = super.render(...where);
      // Our block has its own title; Wagtail's second one is not printed, and shows where one was typed before
      const second = table.container[0].querySelector('input[id$="-caption"]');
      if (!second.value) second.closest("[data-field-wrapper]").style.display = "none";
      table.container[0].addEventListener("paste", (event) => paste(table, event));
      return table;
    }
  }

  window.telepath.register("portal.TableBlock", TableBlock);
})();
