/* What the list before publishing offers to link: one click links the words where they stand in the editor, saved or not.
   Nothing is sent for it, and Ctrl+Z takes it back. "Link them" links all that a line offers; what cannot be linked in the
   editor is left to the server, which saves the form as a draft with its links. */

(() => {
  "use strict";

  const DraftJS = () => window.DraftJS; // comes with the editor, which a form may not have

  const list = () => document.querySelector('[data-side-panel="checklist"] [data-checklist]');

  const say = (words) => {
    const status = list()?.querySelector("[data-checklist-status]");
    if (status) status.textContent = words;
  };

  /* The editors below a content path, "body.1f3c.text"; of a path that is only partly there, below that part. */
  const editorsAt = (place) => {
    const parts = place.split(".").map((part) => `[data-contentpath="${CSS.escape(part)}"]`);
    for (let length = parts.length; length; length -= 1) {
      const field = document.querySelector(parts.slice(0, length).join(" "));
      if (field) return [...field.querySelectorAll("input")].map((input) => input.draftailEditor).filter(Boolean);
    }
    return [];
  };

  const isLinked = (block, start, end) => {
    for (let at = start; at < end; at += 1) if (block.getEntityAt(at)) return true;
    return false;
  };

  /* Where the words stand now: where they stood, else where they stand first in the paragraph, else anywhere. */
  const startIn = (block, { words, at }) => {
    const text = block.getText();
    const isFree = (start) => start >= 0 && text.startsWith(words, start) && !isLinked(block, start, start + words.length);
    if (isFree(at)) return at;
    for (let start = text.indexOf(words); start >= 0; start = text.indexOf(words, start + 1)) if (isFree(start)) return start;
    return -1;
  };

  const found = (offer) => {
    const editors = editorsAt(offer.place).filter((editor) => !editor.props.readOnly);
    const blocks = editors.flatMap((editor) => editor.getEditorState().getCurrentContent().getBlocksAsArray().map((block) => ({ editor, block })));
    const own = blocks.filter(({ block }) => block.getKey() === offer.paragraph);
    for (const { editor, block } of [...own, ...blocks]) {
      const start = startIn(block, offer);
      if (start >= 0) return { editor, block, start };
    }
    return null;
  };

  const offerOf = (item) => ({
    words: item.dataset.offerWords,
    place: item.dataset.offerPlace,
    paragraph: item.dataset.offerParagraph,
    at: Number(item.dataset.offerAt),
  });

  const selectionOf = ({ block, start }, words) =>
    DraftJS().SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: start, focusOffset: start + words.length });

  /* Whether the words of an item are linked now. */
  const link = (item, button) => {
    const offer = offerOf(item);
    const where = found(offer);
    if (!where) return false;
    const { offerLink: kind, offerKey: id, offerLabel: label, offerUrl: url } = button.dataset;
    const state = where.editor.getEditorState();
    const content = state.getCurrentContent().createEntity(kind.toUpperCase(), "MUTABLE", { id, label, url: url || null });
    const linked = DraftJS().Modifier.applyEntity(content, selectionOf(where, offer.words), content.getLastCreatedEntityKey());
    where.editor.onChange(DraftJS().EditorState.push(state, linked, "apply-entity"));
    where.editor.saveState();
    document.querySelector("form[data-edit-form]")?.dispatchEvent(new Event("input", { bubbles: true })); // as if it was typed
    item.remove();
    return true;
  };

  const again = (words) => document.dispatchEvent(new CustomEvent("checklist:again", { detail: { words } }));

  const linkOne = (button) => {
    const item = button.closest("[data-offer]");
    const next = item.nextElementSibling ?? item.previousElementSibling;
    const { words } = offerOf(item);
    if (!link(item, button)) {
      again(list().dataset.checklistMoved);
      return;
    }
    (next?.querySelector("[data-offer-link]") ?? list().querySelector("[data-checklist-again]"))?.focus();
    again(list().dataset.checklistLinked.replace("{words}", words));
  };

  /* True if nothing is left for the server. */
  const linkAll = (line) => {
    const items = [...line.querySelectorAll("[data-offer]")].filter((item) => item.querySelector("[data-offer-link]"));
    if (!items.every((item) => found(offerOf(item)))) return false;
    const words = items.map((item) => offerOf(item).words).join("、");
    items.forEach((item) => link(item, item.querySelector("[data-offer-link]")));
    list().querySelector("[data-checklist-again]")?.focus();
    again(list().dataset.checklistLinked.replace("{words}", words));
    return true;
  };

  const elementOf = (block) => document.querySelector(`[data-block="true"][data-offset-key^="${CSS.escape(block.getKey())}-"]`);

  /* Selects the words in the editor, on whichever tab it is; on a phone the panel covers the form. */
  const show = (item) => {
    const offer = offerOf(item);
    const where = found(offer);
    if (!where) return false;
    const panel = list().closest("[data-side-panel]");
    if (panel.getBoundingClientRect().width > window.innerWidth * 0.9) {
      document.querySelector('[data-side-panel-toggle="checklist"]')?.click();
    }
    const tab = elementOf(where.block)?.closest("[role=tabpanel]");
    if (tab?.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
    requestAnimationFrame(() => {
      elementOf(where.block)?.scrollIntoView({ block: "center" });
      const state = where.editor.getEditorState();
      where.editor.onChange(DraftJS().EditorState.forceSelection(state, selectionOf(where, offer.words)));
    });
    return true;
  };

  document.addEventListener("click", (event) => {
    const near = (name) => event.target.closest(`[data-offer-${name}]`);
    if (near("show")) {
      if (show(near("show").closest("[data-offer]"))) event.preventDefault();
    } else if (near("link")) linkOne(near("link"));
    else if (near("all") && linkAll(near("all").closest(".checklist__item"))) event.preventDefault();
  });
})();
