/* The bar of special characters at the foot of the window, for the field that somebody writes in, and no-break spaces
   that can be seen. The bar stands where nothing moves when it comes: what is pressed in a segment stays where it is. */

window.deskCharacters = (desk) => {
  "use strict";

  const { field } = window.deskText;
  const bar = desk.querySelector("[data-characters]");
  const buttons = [...bar.querySelectorAll("[data-character]")];
  const selection = window.getSelection();
  const BLANK = /[\u00a0\u202f]/g;
  let current = null; // the row that is written in
  let at = null; // where the caret was in the field when it left for the bar
  let waiting = false;

  // One stop of the Tab key, and arrows within: WAI-ARIA's toolbar.
  function choose(button) {
    for (const each of buttons) each.tabIndex = each === button ? 0 : -1;
  }

  function follow(row) {
    current = row;
    bar.hidden = !buttons.length;
  }

  function focus() {
    buttons.find((each) => each.tabIndex === 0)?.focus();
  }

  /* Around what is selected, or at the caret, as if it were typed: the browser can undo it, and the desk hears of it. */
  function insert(row, button) {
    const { character, closing } = button.dataset;
    const target = field(row);
    const isBack = document.activeElement === target;
    target.focus();
    if (!isBack && at && target.contains(at.commonAncestorContainer)) {
      selection.removeAllRanges();
      selection.addRange(at);
    }
    if (!closing || selection.isCollapsed) return typePair(character, closing);
    const { startContainer, startOffset } = selection.getRangeAt(0);
    selection.collapseToEnd(); // links in what is selected stay
    type(closing);
    const behind = selection.getRangeAt(0).cloneRange();
    selection.collapse(startContainer, startOffset);
    type(character);
    selection.removeAllRanges();
    selection.addRange(behind);
  }

  const type = (text) => document.execCommand("insertText", false, text);

  function typePair(opening, closing) {
    type(opening + closing);
    for (let step = 0; step < closing.length; step += 1) selection.modify("move", "backward", "character");
  }

  bar.addEventListener("keydown", (event) => {
    const isBack = getComputedStyle(bar).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    const by = { ArrowLeft: 1, ArrowRight: 1, Home: 0, End: 0 };
    if (!(event.key in by) || event.altKey || event.ctrlKey || event.metaKey) {
      if (event.key === "Escape") field(current).focus();
      return;
    }
    const now = buttons.indexOf(document.activeElement);
    const places = { Home: 0, End: buttons.length - 1 };
    const place = places[event.key] ?? (now + (event.key === isBack ? -1 : 1) + buttons.length) % buttons.length;
    choose(buttons[place]);
    buttons[place].focus();
    event.preventDefault();
  });

  bar.addEventListener("focusin", (event) => choose(event.target));

  // As the field is left, and not at a change of the selection: the browser tells of that one only later.
  desk.addEventListener("focusout", ({ target }) => {
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    if (range && target.matches("[data-field]") && target.contains(range.startContainer)) at = range.cloneRange();
  });

  /* A no-break space looks like any other. The text itself is left alone: it is painted by the browser (CSS Custom
     Highlight API); one that cannot do that shows nothing. */
  function paint() {
    waiting = false;
    const found = [];
    for (const each of desk.querySelectorAll("[data-field]")) {
      const walker = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        for (const blank of walker.currentNode.data.matchAll(BLANK)) {
          const range = document.createRange();
          range.setStart(walker.currentNode, blank.index);
          range.setEnd(walker.currentNode, blank.index + 1);
          found.push(range);
        }
      }
    }
    CSS.highlights.set("no-break", new Highlight(...found));
  }

  if (window.Highlight && CSS.highlights) {
    const later = () => waiting || ((waiting = true), requestAnimationFrame(paint));
    new MutationObserver(later).observe(desk.querySelector(".desk-rows"), { subtree: true, childList: true, characterData: true });
    paint();
  }

  choose(buttons[0]);
  return { follow, focus, insert };
};
