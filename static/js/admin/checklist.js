/* The list before publishing: each line leads to its field, whichever tab that is on; a warning is ticked with a reason;
   the list is made anew for what is in the form now, saved or not.

   Wagtail draws the panel again after each autosave. What somebody is typing into it stays. */

(() => {
  "use strict";

  const PAUSE = 1200; // milliseconds without typing, after which an open list looks again
  const typed = new Map(); // key of a warning -> the reason that is being written
  const opened = new Set(); // keys of warnings whose field for a reason is open
  let byHand = ""; // the key of the field that somebody is opening: those that are opened again take no focus
  let writingIn = ""; // the key of the field that has the focus
  let waiting = 0;
  let saved = ""; // the key of the revision that this form has saved by itself
  let asked = 0; // how many times the list was asked for: only the last answer counts

  const panel = () => document.querySelector('[data-side-panel="checklist"]');
  const list = () => panel()?.querySelector("[data-checklist]");
  const form = () => document.querySelector("form[data-edit-form]");

  /* "body.1f3c.alt" is the field alt in the block 1f3c in the field body. */
  const fieldOf = (place) => {
    const parts = place.split(".").map((part) => `[data-contentpath="${CSS.escape(part)}"]`);
    for (let length = parts.length; length; length -= 1) {
      const field = document.querySelector(parts.slice(0, length).join(" "));
      if (field) return field;
    }
    return null;
  };

  const lead = (event, link) => {
    const field = fieldOf(link.dataset.checklistPlace);
    if (!field) return;
    event.preventDefault();
    // On a phone the panel covers the form.
    if (panel().getBoundingClientRect().width > window.innerWidth * 0.9) {
      document.querySelector('[data-side-panel-toggle="checklist"]')?.click();
    }
    const tab = field.closest("[role=tabpanel]");
    if (tab && tab.hidden) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
    show(field, 10);
  };

  /* What a panel or another tab has covered until now may take a few frames to be there. */
  const show = (field, frames) => {
    field.scrollIntoView({ block: "center" });
    const target = field.querySelector("input:not([type=hidden]), textarea, select, button, [contenteditable=true]");
    target?.focus({ preventScroll: true });
    if (target && document.activeElement !== target && frames) requestAnimationFrame(() => show(field, frames - 1));
  };

  const say = (words) => {
    const status = list()?.querySelector("[data-checklist-status]");
    if (status) status.textContent = words;
  };

  /* Sends the form as it stands; `more` says what else is asked for. */
  const ask = async (more = {}) => {
    const url = list()?.dataset.checklistUrl;
    if (!url || !form()) return;
    clearTimeout(waiting);
    asked += 1;
    const number = asked;
    const data = new FormData(form());
    if (saved) data.set("saved_revision_id", saved); // else this form would be taken for somebody else's
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    list().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const { html, error, key, error_message: refusal } = await answer.json();
      if (number !== asked) return;
      if (!html) {
        list().removeAttribute("aria-busy");
        say(refusal ?? list().dataset.checklistFailed);
        return;
      }
      if (more.tick && !error) typed.delete(more.tick);
      panel().querySelector("[data-checklist]").outerHTML = html;
      restore();
      if (error) refuse(key, error);
    } catch {
      list()?.removeAttribute("aria-busy");
      say(list()?.dataset.checklistFailed ?? "");
    }
  };

  const tickOf = (key) => list()?.querySelector(`[data-checklist-tick="${CSS.escape(key)}"]`);

  const refuse = (key, error) => {
    const tick = tickOf(key);
    const place = tick?.querySelector("[data-checklist-error]");
    if (!place) {
      say(error);
      return;
    }
    tick.open = true;
    place.textContent = error;
    place.hidden = false;
    tick.querySelector("[data-checklist-reason]").focus();
  };

  /* After the list was drawn again: what was open is open, with what was typed. */
  const restore = () => {
    for (const key of opened) {
      const tick = tickOf(key);
      if (tick) tick.open = true;
    }
    for (const [key, words] of typed) {
      const field = tickOf(key)?.querySelector("[data-checklist-reason]");
      if (field && field.value !== words) field.value = words;
    }
    if (writingIn && (!document.activeElement || document.activeElement === document.body)) {
      tickOf(writingIn)?.querySelector("[data-checklist-reason]")?.focus();
    }
  };

  const doTick = (tick) => {
    const reason = tick.querySelector("[data-checklist-reason]").value;
    ask({ tick: tick.dataset.checklistTick, reason });
  };

  document.addEventListener("click", (event) => {
    const near = (name) => event.target.closest(`[data-checklist-${name}]`);
    byHand = event.target.closest("summary")?.closest("[data-checklist-tick]")?.dataset.checklistTick ?? "";
    if (near("place")) lead(event, near("place"));
    else if (near("again")) ask();
    else if (near("do")) doTick(near("tick"));
    else if (near("take-back")) ask({ take_back: near("take-back").dataset.checklistTakeBack });
    else if (event.target.closest('[data-side-panel-toggle="checklist"]')) ask();
  });

  /* A button that was drawn again between pressing and letting go: the browser takes that for no click. */
  const PRESSABLE = "[data-checklist] :is(a, button, summary)";
  let pressed = null;
  document.addEventListener("pointerdown", ({ target, button }) => { pressed = button === 0 ? target.closest?.(PRESSABLE) : null; });
  document.addEventListener("pointerup", ({ clientX, clientY }) => {
    const before = pressed;
    pressed = null;
    if (!before || before.isConnected) return;
    const now = document.elementFromPoint(clientX, clientY)?.closest(PRESSABLE);
    if (now?.outerHTML === before.outerHTML) now.click();
  });

  document.addEventListener("keydown", (event) => {
    const tick = event.key === "Enter" && event.target.matches?.("[data-checklist-reason]") && event.target.closest("[data-checklist-tick]");
    if (!tick) return;
    event.preventDefault();
    doTick(tick);
  });

  document.addEventListener("toggle", ({ target }) => {
    const key = target.dataset?.checklistTick;
    if (!key) return;
    if (target.open) opened.add(key);
    else opened.delete(key);
    if (target.open && byHand === key) target.querySelector("[data-checklist-reason]").focus();
    byHand = "";
  }, true);

  document.addEventListener("focusin", ({ target }) => {
    writingIn = target.matches("[data-checklist-reason]") ? target.closest("[data-checklist-tick]").dataset.checklistTick : "";
  });

  document.addEventListener("input", ({ target }) => {
    if (target.matches?.("[data-checklist-reason]")) {
      typed.set(target.closest("[data-checklist-tick]").dataset.checklistTick, target.value);
      return;
    }
    if (!target.closest?.("form[data-edit-form]") || panel()?.hidden !== false) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });

  /* What was linked by the list (offers.js) is said once the list is there again. */
  document.addEventListener("checklist:again", async ({ detail }) => {
    await ask();
    say(detail.words);
  });

  document.addEventListener("w-autosave:success", ({ detail }) => {
    saved = detail.response?.revision_id ?? saved;
    clearTimeout(waiting); // the list came along
    asked += 1;
  });

  document.addEventListener("DOMContentLoaded", () => {
    if (panel()) new MutationObserver(restore).observe(panel(), { childList: true });
  });
})();
