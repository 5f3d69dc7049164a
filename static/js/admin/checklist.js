/* The list of what to look at before publishing: each line leads to its field, whichever tab that is on. */

(() => {
  "use strict";

  /* "body.1f3c.alt" is the field alt in the block 1f3c in the field body. */
  const fieldOf = (place) => {
    const parts = place.split(".").map((part) => `[data-contentpath="${CSS.escape(part)}"]`);
    return document.querySelector(parts.join(" "));
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-checklist-place]");
    const field = link && fieldOf(link.dataset.checklistPlace);
    if (!field) return;
    event.preventDefault();
    const tab = field.closest("[role=tabpanel]");
    if (tab && tab.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
    field.scrollIntoView({ block: "center" });
    field.querySelector("input:not([type=hidden]), textarea, button, [contenteditable=true]")?.focus({ preventScroll: true });
  });
})();
