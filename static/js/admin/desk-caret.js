/* The caret in the fields of the workbench. A browser keeps it within a link or a bold word whose end it has reached, so
   what is typed there joins the link. Here an arrow key takes it over one edge at a time, Home and End over all, and over
   a token as over one character; a button does the same for those without such keys. */

window.deskCaret = (desk) => {
  "use strict";

  const { ROOM, PLAIN, bare, toBeside, lock, isBare } = window.deskText;
  const selection = window.getSelection();
  const isText = (node) => node.nodeType === Node.TEXT_NODE;
  const isToken = (node) => node.contentEditable === "false";
  const isMark = (node) => Boolean(node.dataset?.chip) || PLAIN.includes(node.tagName);
  let inside = null; // the link or mark that the caret is in

  /* The field that the caret is in, if nothing is selected. */
  function fieldAtCaret() {
    const node = selection.isCollapsed ? selection.anchorNode : null;
    const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
    return element?.closest("[data-field]") || null;
  }

  /* What the caret would meet: {kind, node, offset}. A "text" is at a place; an "edge" or a "start" is that of a mark, a
     "token" is one; null is the end of the field. */
  function ahead(field, isForward) {
    let [node, offset] = [selection.anchorNode, selection.anchorOffset];
    let next;
    if (isText(node)) {
      const rest = isForward ? node.data.slice(offset) : node.data.slice(0, offset);
      const found = textIn(node, rest, isForward);
      if (found) return found;
      next = isForward ? node.nextSibling : node.previousSibling;
      node = node.parentNode;
    } else next = node.childNodes[isForward ? offset : offset - 1];
    for (; next; next = isForward ? next.nextSibling : next.previousSibling) {
      const found = isText(next) ? textIn(next, next.data, isForward) : { kind: kindOf(next), node: next };
      if (found) return found;
    }
    return node === field ? null : { kind: "edge", node };
  }

  const kindOf = (node) => (isToken(node) ? "token" : isMark(node) ? "start" : "text");

  /* Where in a text node the first character stands that is one; `rest` is what lies ahead in it. */
  function textIn(node, rest, isForward) {
    if (!bare(rest)) return null;
    if (!isForward) return { kind: "text", node, offset: rest.length - /\u200b*$/.exec(rest)[0].length };
    return { kind: "text", node, offset: node.length - rest.length + /^\u200b*/.exec(rest)[0].length };
  }

  /* Into a mark, at its start or its end. */
  function toWithin(mark, atStart) {
    const first = atStart ? mark.firstChild : mark.lastChild;
    if (!first || !isText(first)) mark[atStart ? "prepend" : "append"](ROOM);
    else if (atStart && !first.data.startsWith(ROOM)) first.insertData(0, ROOM);
    const text = atStart ? mark.firstChild : mark.lastChild;
    selection.collapse(text, atStart ? 1 : text.length);
  }

  /* One step over an edge or a token. False if a character is next: that is for the browser. */
  function step(field, isForward) {
    const met = ahead(field, isForward);
    if (!met) return false;
    if (met.kind === "text") {
      if (isText(met.node)) selection.collapse(met.node, met.offset);
      return false;
    }
    if (met.kind === "start") toWithin(met.node, isForward);
    else toBeside(met.node, isForward);
    return true;
  }

  /* Out of everything that ends, or begins, where the caret is. */
  function leaveAll(field, isForward) {
    for (let met = ahead(field, isForward); met?.kind === "edge"; met = ahead(field, isForward)) toBeside(met.node, isForward);
  }

  /* Deletes a token as one character. Before a character it goes there first, past what cannot be seen. */
  function remove(field, isForward) {
    let met = ahead(field, isForward);
    for (; met && met.kind !== "text" && met.kind !== "token"; met = ahead(field, isForward)) step(field, isForward);
    if (met?.kind === "text" && isText(met.node)) selection.collapse(met.node, met.offset);
    if (met?.kind !== "token") return false;
    const range = selection.getRangeAt(0).cloneRange();
    if (isForward) range.setEndAfter(met.node);
    else range.setStartBefore(met.node);
    selection.removeAllRanges();
    selection.addRange(range);
    document.execCommand("delete");
    return true;
  }

  /* To the end or the start of the line, or of the whole field, and out of what ends or begins there. */
  function toLimit(field, isForward, isWhole) {
    if (isWhole) selection.collapse(field, isForward ? field.childNodes.length : 0);
    else selection.modify("move", isForward ? "forward" : "backward", "lineboundary");
    const last = isForward ? field.lastChild : field.firstChild;
    if (isWhole && last && !isText(last)) toBeside(last, isForward);
    leaveAll(field, isForward);
    return true;
  }

  const isRightToLeft = (field) => getComputedStyle(field).direction === "rtl";
  const keys = {
    ArrowRight: (field) => step(field, !isRightToLeft(field)),
    ArrowLeft: (field) => step(field, isRightToLeft(field)),
    Backspace: (field) => remove(field, false),
    Delete: (field) => remove(field, true),
    Home: (field) => toLimit(field, false, false),
    End: (field) => toLimit(field, true, false),
    "Control+Home": (field) => toLimit(field, false, true),
    "Control+End": (field) => toLimit(field, true, true),
    "Meta+ArrowRight": (field) => toLimit(field, !isRightToLeft(field), false),
    "Meta+ArrowLeft": (field) => toLimit(field, isRightToLeft(field), false),
  };

  desk.addEventListener("keydown", (event) => {
    const field = fieldAtCaret();
    if (!field || event.defaultPrevented || event.isComposing || event.shiftKey || event.altKey) return;
    const name = `${event.ctrlKey ? "Control+" : ""}${event.metaKey ? "Meta+" : ""}${event.key}`;
    if (keys[name]?.(field)) event.preventDefault();
  });

  /* A press beside a link at the end of a line means there, not within it. */
  desk.addEventListener("click", (event) => {
    const field = fieldAtCaret();
    if (!field || !field.contains(event.target)) return;
    for (const isForward of [true, false]) {
      const met = ahead(field, isForward);
      if (met?.kind === "edge" && isBeside(event, met.node, isForward !== isRightToLeft(field))) leaveAll(field, isForward);
    }
  });

  function isBeside(event, node, isRight) {
    const boxes = [...node.getClientRects()];
    return boxes.length > 0 && boxes.every((box) => (isRight ? event.clientX > box.right : event.clientX < box.left) || event.clientY > box.bottom);
  }

  // Which link or mark the caret is in --------------------------------------------------------------

  document.addEventListener("selectionchange", () => {
    const field = fieldAtCaret();
    const mark = field && markAround(field, selection.anchorNode);
    if (field) lockBare(field);
    if (mark === inside) return;
    left(inside);
    mark?.classList.add("desk-inside");
    inside = mark;
    for (const button of desk.querySelectorAll("[data-leave]")) {
      button.hidden = !mark || button.closest("[data-row]") !== field.closest("[data-row]");
    }
  });

  desk.addEventListener("focusout", (event) => event.target.matches("[data-field]") && left(inside));

  /* Tokens whose own words have been deleted, and the caret is not in them. It may have come and gone between two events. */
  function lockBare(field) {
    for (const token of field.querySelectorAll("[data-token]")) {
      if (isBare(token) && !token.contains(selection.anchorNode)) lock(token);
    }
  }

  function left(mark) {
    mark?.classList.remove("desk-inside");
    if (isBare(mark)) lock(mark);
  }

  function markAround(field, node) {
    for (let each = node; each && each !== field; each = each.parentNode) if (isMark(each)) return each;
    return null;
  }

  /* Behind the link or mark that the caret is in. */
  function leave(row) {
    const mark = inside;
    window.deskText.field(row).focus();
    if (mark) toBeside(mark, true);
  }

  /* The name of the token beside the caret, or of the only one of the field. */
  function token(row) {
    const field = window.deskText.field(row);
    const tokens = [...field.querySelectorAll("[data-token]")];
    const beside = fieldAtCaret() === field ? [false, true].map((isForward) => ahead(field, isForward)?.node) : [];
    const found = tokens.find((each) => each === inside || beside.includes(each)) || (tokens.length === 1 && tokens[0]);
    return found ? found.dataset.chip : null;
  }

  return { leave, token };
};
