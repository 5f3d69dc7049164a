/* The parts of a file by the keyboard: letters give them kinds, and each choice is saved by itself. Without this script the
   same form has selects and buttons. */

(() => {
  "use strict";

  const form = document.querySelector("[data-import]");
  const list = form.querySelector("[data-import-parts]");
  const status = form.querySelector("[data-import-status]");
  const report = document.querySelector("[data-import-report]");
  const broken = form.querySelector("[data-import-broken]");
  const parts = () => [...list.querySelectorAll("[data-import-part]")];
  const say = (text) => { status.textContent = text; };

  document.querySelector("[data-import-legend]").hidden = false;

  // Saving: one request after the other, the last choices win ------------------------------------

  let waiting = null;
  let running = Promise.resolve();
  let unsaved = 0;

  const send = async () => {
    waiting = null;
    const data = new FormData(form);
    data.set("act", "save");
    const count = unsaved;
    try {
      const answer = await fetch(location.href, {
        method: "POST", body: data, headers: { "X-Requested-With": "XMLHttpRequest" }, redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.statusText);
      take(await answer.json());
      unsaved -= count;
      if (!unsaved) say(form.dataset.saved);
    } catch {
      say(form.dataset.failed);
    }
  };

  const take = (said) => {
    for (const [key, html] of Object.entries(said.rows)) {
      const part = document.getElementById(`part-${key}`);
      if (part) part.querySelector("[data-import-becomes]").innerHTML = html;
    }
    for (const part of parts()) {
      part.querySelector("[data-import-marks]").innerHTML = said.marks[part.dataset.importPart] || "";
    }
    broken.innerHTML = said.broken;
    report.innerHTML = said.report;
    if (said.refused.length) say(form.dataset.cannot);
  };

  const save = () => {
    unsaved += 1;
    say(form.dataset.saving);
    clearTimeout(waiting);
    waiting = setTimeout(() => { running = running.then(send); }, 300);
  };

  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  form.addEventListener("submit", () => { // the form takes all choices along
    clearTimeout(waiting);
    unsaved = 0;
  });

  // Choosing ---------------------------------------------------------------------------------------

  const choose = (part, option) => {
    const select = part.querySelector("[data-import-kind]");
    if (select.value === option.value) return;
    select.value = option.value;
    chosen(part, select);
  };
  const chosen = (part, select) => {
    part.dataset.kind = select.value;
    save();
  };

  list.addEventListener("change", (event) => {
    if (event.target.matches("[data-import-kind]")) chosen(event.target.closest("[data-import-part]"), event.target);
  });

  // Where a part is to be split: letters before the place that was clicked, in what stands in the file.
  let clicked = null;
  list.addEventListener("click", (event) => {
    const part = event.target.closest("[data-import-part]");
    if (!part || event.target.closest("select, button, a, summary, details")) return;
    part.focus({ preventScroll: true });
    const words = event.target.closest("[data-import-file] [data-import-words]");
    const selection = getSelection();
    if (!words || !selection.isCollapsed || !words.contains(selection.anchorNode)) {
      clicked = null;
      return;
    }
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(selection.anchorNode, selection.anchorOffset);
    const slices = [...part.querySelectorAll("[data-import-slice]")];
    const own = slices.indexOf(words.closest("[data-import-slice]"));
    clicked = { part, at: lettersBefore(part, own) + lettersIn(before.cloneContents()) };
  });
  const lettersIn = (node) => {
    const breaks = node.querySelectorAll ? node.querySelectorAll("br").length : 0;
    return node.textContent.length + breaks;
  };
  const lettersBefore = (part, slice) => part.dataset.importPart.split("-").slice(0, slice)
    .reduce((sum, each) => { const [, start, end] = each.split(".").map(Number); return sum + end - start; }, 0);

  const press = (value) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "submit", name: "act", value, hidden: true });
    form.append(button);
    form.requestSubmit(button);
  };
  const split = (part) => {
    if (clicked?.part === part && clicked.at > 0) return press(`split:${part.dataset.importPart}:${clicked.at}`);
    const places = part.querySelector("[data-import-splits]");
    if (!places) return say(form.dataset.cannot);
    places.open = true;
    places.querySelector("button").focus();
    say(form.dataset.where);
  };
  const join = (part) => {
    const button = part.querySelector("[data-import-join]");
    if (button) button.click();
    else say(form.dataset.cannot);
  };

  // Keys -------------------------------------------------------------------------------------------

  // An input method for Chinese may keep the letter to itself: then the key tells which it was.
  const letterOf = (event) => (/^[a-z]$/i.test(event.key) ? event.key : (event.code.match(/^Key([A-Z])$/) || [])[1] || "").toLowerCase();

  const move = (part, by) => {
    const all = parts();
    const next = all[all.indexOf(part) + by];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inside = event.target.closest?.("[data-import-part]");
    if (event.target.closest?.("select, input, textarea, [contenteditable]")) return;
    if (!inside && event.target !== document.body) return;
    const letter = letterOf(event);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] || (!event.shiftKey && { j: 1, k: -1 }[letter]);
    if (!inside) { // nothing has the focus: the first part takes it
      if (by === 1 && letter === "j" && parts().length) { parts()[0].focus(); event.preventDefault(); }
      return;
    }
    if (event.target !== inside) return; // a button of the part
    if (by) {
      event.preventDefault();
      move(inside, by);
    } else if (letter === "s" || letter === "m") {
      event.preventDefault();
      (letter === "s" ? split : join)(inside);
    } else if (letter) {
      event.preventDefault();
      const option = inside.querySelector(`[data-import-kind] option[data-letter="${letter}"]`);
      if (option) choose(inside, option);
      else say(form.dataset.cannot);
    }
  });

  const first = location.hash.startsWith("#part-") ? document.getElementById(location.hash.slice(1)) : parts()[0];
  for (const part of parts()) part.tabIndex = 0;
  if (location.hash && first) first.focus();
})();
