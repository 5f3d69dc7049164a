/* The fields of the workbench: what is typed there as the text of a segment, and the chips that stand in it. A segment
   is words, plain tags and chips (`<a id="a1">…</a>`); a token, which says its words by itself, goes as a chip without
   words. It can be given words of its own, and loses them again if they are all deleted. */

window.deskText = (() => {
  "use strict";

  const PLAIN = ["B", "STRONG", "I", "EM", "SUB", "SUP", "CODE", "S", "U", "MARK"];
  const ROOM = "\u200b"; // where the caret can stand beside a chip; it is never saved
  const bare = (text) => text.split(ROOM).join("");
  const field = (row) => row.querySelector("[data-field]");
  const isHtml = (row) => row.dataset.format === "html";
  const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
  const segment = (node) => [...node.childNodes].map(piece).join("");

  function piece(node) {
    if (node.nodeType === Node.TEXT_NODE) return escaped(bare(node.data));
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const { chip, tag } = node.dataset;
    if (chip) return `<${tag} id="${chip}">${node.isContentEditable ? segment(node) : ""}</${tag}>`;
    if (node.tagName === "BR") return node.nextSibling ? "<br/>" : "";
    if (!PLAIN.includes(node.tagName)) return segment(node);
    const name = node.tagName.toLowerCase();
    return `<${name}>${segment(node)}</${name}>`;
  }

  const written = (row) => (isHtml(row) ? segment(field(row)) : bare(field(row).innerText).replace(/\n+$/, ""));

  /* A caret cannot stand beside a chip without a text there. Returns that text. */
  function room(node, isAfter) {
    const neighbour = isAfter ? node.nextSibling : node.previousSibling;
    if (neighbour?.nodeType !== Node.TEXT_NODE) node[isAfter ? "after" : "before"](ROOM);
    else if (!neighbour.data) neighbour.data = ROOM;
    return isAfter ? node.nextSibling : node.previousSibling;
  }

  /* The caret beside a node, where what is typed joins neither the node nor what it stands in. */
  function toBeside(node, isAfter) {
    const text = room(node, isAfter);
    if (isAfter && !text.data.startsWith(ROOM)) text.insertData(0, ROOM);
    window.getSelection().collapse(text, isAfter ? 1 : text.length);
  }

  function makeRoom(row) {
    for (const chip of field(row).querySelectorAll("[data-chip]")) {
      room(chip, false);
      room(chip, true);
      if (chip.isContentEditable && !chip.textContent.startsWith(ROOM)) chip.prepend(ROOM);
    }
  }

  /* What a button inserts: a token, or a chip with words; with `isOwn` a token that has words of its own. */
  function chipElement(button, words, isOwn = false) {
    const element = document.createElement("span");
    const name = button.dataset.insert;
    element.className = "desk-chip";
    element.dataset.chip = name;
    element.dataset.tag = name.replace(/\d+$/, "");
    element.title = button.textContent;
    if (button.dataset.token) element.dataset.token = button.dataset.token;
    // With room before them the words can be written over without the chip being lost.
    element.textContent = ROOM + (words || "…");
    if (button.dataset.token && !isOwn) lock(element);
    return element;
  }

  /* A token says its words by itself: nobody writes in it. */
  function lock(element) {
    element.classList.add("desk-chip--token");
    element.contentEditable = "false";
    element.textContent = element.dataset.token;
  }

  /* The token with words of its own: those selected, if it does not stand in the field yet, with the caret behind it as
     behind any link; else its words are selected, to be written over. */
  function giveWords(row, name) {
    const button = row.querySelector(`[data-insert="${name}"]`);
    const find = () => field(row).querySelector(`[data-chip="${name}"]`);
    const isNew = !find();
    if (isNew) insertChip(row, button, true);
    const isDone = isNew && find().isContentEditable;
    if (!find().isContentEditable) find().replaceWith(chipElement(button, button.dataset.token, true));
    makeRoom(row);
    field(row).focus();
    if (!isDone) selectWords(find());
  }

  /* All that stands in a chip but the room before it, which keeps the chip when they are written over. */
  function selectWords(chip) {
    const first = document.createTreeWalker(chip, NodeFilter.SHOW_TEXT).nextNode();
    window.getSelection().setBaseAndExtent(first, first.data.startsWith(ROOM) ? 1 : 0, chip, chip.childNodes.length);
  }

  /* A token whose own words have been deleted. */
  const isBare = (element) => Boolean(element?.dataset.token) && element.isContentEditable && !bare(element.textContent).trim();

  /* The outermost chip that a node of the field stands in, or null. */
  function chipAround(row, node) {
    let found = null;
    for (let each = node; each !== field(row); each = each.parentNode) if (each.dataset?.chip) found = each;
    return found;
  }

  /* What is selected in the field of the row; null if the caret is elsewhere. */
  function rangeIn(row) {
    const selection = window.getSelection();
    if (!selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    return field(row).contains(range.commonAncestorContainer) ? range : null;
  }

  function insertNode(row, node) {
    const range = rangeIn(row);
    if (range) {
      range.deleteContents();
      const around = node.dataset && chipAround(row, range.startContainer);
      if (around) range.setStartAfter(around), range.collapse(true); // no link stands in another
      range.insertNode(node);
    } else {
      field(row).append(node);
    }
    makeRoom(row);
    return node;
  }

  function insertText(row, text) {
    const node = insertNode(row, document.createTextNode(text));
    window.getSelection().collapse(node, node.length);
  }

  /* The chip comes around the words that are selected, or with words to be written over; with `isOwn` a token does too. */
  function insertChip(row, button, isOwn = false) {
    const old = field(row).querySelector(`[data-chip="${button.dataset.insert}"]`);
    const hasWords = old?.isContentEditable && !old.dataset.token;
    if (old) old.replaceWith(...(hasWords ? old.childNodes : [])); // a link stands once
    const range = rangeIn(row);
    const words = range ? bare(String(range)) : "";
    const chip = insertNode(row, chipElement(button, words, isOwn && Boolean(words.trim())));
    if (chip.textContent === `${ROOM}…`) selectWords(chip);
    else toBeside(chip, true);
  }

  /* Other words for the whole field, so that the browser can undo it. */
  function replace(row, html) {
    field(row).focus();
    window.getSelection().selectAllChildren(field(row));
    if (!html || !document.execCommand("insertHTML", false, html)) field(row).innerHTML = html;
    makeRoom(row);
    window.getSelection().selectAllChildren(field(row));
    window.getSelection().collapseToEnd(); // not within a token, where nothing can be written
  }

  /* The source, with its tokens as they are said in the language. */
  function sourceFor(row) {
    const copy = row.querySelector("[data-source]").cloneNode(true);
    for (const button of row.querySelectorAll("[data-insert]")) {
      const old = copy.querySelector(`[data-chip="${button.dataset.insert}"]`);
      if (old && button.dataset.token) old.replaceWith(chipElement(button));
    }
    return copy.innerHTML;
  }

  return { ROOM, PLAIN, bare, field, written, toBeside, makeRoom, insertChip, giveWords, lock, isBare, insertText, replace, sourceFor };
})();
