/* The preview beside the workbench: the page with what is written now, at the block that somebody writes in. */

window.deskPreview = (desk) => {
  "use strict";

  const button = desk.querySelector("[data-preview]");
  const frame = desk.querySelector("[data-frame]");
  let timer = 0;
  let current = null;

  function load() {
    clearTimeout(timer);
    if (!frame.hidden) timer = setTimeout(() => (frame.src = button.dataset.preview), 300);
  }

  function follow(row) {
    current = row || current;
    if (frame.hidden || !current || !frame.contentDocument) return;
    const [, block] = /^[^.]+\.([^.#]+)/.exec(current.dataset.path) || [];
    const shown = block && frame.contentDocument.getElementById(`b-${block}`);
    if (shown) shown.scrollIntoView({ block: "center" });
    else frame.contentWindow.scrollTo(0, 0);
  }

  function toggle() {
    if (!button) return;
    frame.hidden = !frame.hidden;
    button.setAttribute("aria-expanded", String(!frame.hidden));
    desk.classList.toggle("desk--preview", !frame.hidden);
    if (current) current.scrollIntoView({ block: "center" }); // the page has another width now
    load();
  }

  button?.addEventListener("click", toggle);
  frame.addEventListener("load", () => follow());
  return { load, follow, toggle };
};
