/* The translators' workbench. The page is complete when it comes from the server; this script saves what is written,
   shows what the checks say, and makes the keyboard enough. */

(() => {
  "use strict";

  const desk = document.querySelector("[data-desk]");
  if (!desk) return;

  const PAUSE = 900; // ms without a key before a text is saved
  const RETRY = 5000; // ms until it is tried again
  const { field, written, makeRoom, insertChip, giveWords, insertText, replace, sourceFor } = window.deskText;
  const words = desk.dataset;
  const server = window.deskServer(words);
  const { post, keep, saved } = server;
  const rows = [...desk.querySelectorAll("[data-row]")];
  const side = desk.querySelector("[data-side]");
  const panel = desk.querySelector("[data-panel]");
  const preview = window.deskPreview(desk);
  const caret = window.deskCaret(desk);
  const characters = window.deskCharacters(desk);
  const wide = window.matchMedia("(min-width: 62rem)");
  const timers = new WeakMap();
  const busy = new WeakMap(); // row -> the last request about it
  let current = null;
  let asked = 0;
  let loaded = Promise.resolve(); // when the panel is that of the current segment
  const unsent = new Map(); // path -> a comment that is half written
  let isLeaving = false;

  const isUnsaved = (row) => "unsaved" in row.dataset;
  const isDisputed = (row) => Boolean(row.querySelector("[data-conflict]").childElementCount);

  /* What was typed before the page was left. If the text or the Chinese was changed since, the translator chooses. */
  function restore(row) {
    const found = server.restore(row);
    if (!found) return;
    if (found.isCurrent) {
      changed(row);
      say(row, words.restored, true);
      return;
    }
    const choice = desk.querySelector("[data-kept-choice]").content.cloneNode(true);
    choice.querySelector("[data-theirs-text]").innerHTML = found.before;
    row.dataset.unsaved = "";
    row.dataset.theirs = row.dataset.version;
    row.querySelector("[data-conflict]").append(choice);
  }

  /* Takes what the page came with: there is nothing to save. */
  function takePage(row) {
    replace(row, row.querySelector("[data-theirs-text]").innerHTML);
    row.querySelector("[data-conflict]").replaceChildren();
    saved(row);
    field(row).focus();
  }

  // What the server says -----------------------------------------------------------------------

  function say(row, message, isProblem = false) {
    const said = row.querySelector("[data-said]");
    said.textContent = message;
    said.classList.toggle("desk-said--problem", isProblem);
  }

  function show(row, answer) {
    row.dataset.version = answer.version;
    for (const seen of desk.querySelectorAll("[data-seen]")) {
      seen.value = JSON.stringify({ ...JSON.parse(seen.value), ...answer.seen });
    }
    for (const each of rows) each.dataset.shown = answer.seen[each.dataset.path] || each.dataset.shown;
    row.toggleAttribute("data-approvable", answer.may_approve);
    row.dataset.standing = answer.standing;
    const handIn = desk.querySelector("[data-hand-in]"); // there is something to hand in
    if (handIn) handIn.hidden = !rows.some((each) => each.dataset.standing === "draft");
    row.querySelector("[data-state]").innerHTML = answer.state;
    row.querySelector("[data-findings]").innerHTML = answer.findings;
    row.querySelector("[data-conflict]").replaceChildren();
    desk.querySelector("[data-progress]").innerHTML = answer.progress;
    showStage("[data-stage]", answer.stage, answer.stage_label);
    showStage("[data-waiting]", answer.waiting, answer.waiting_label);
    preview.load();
  }

  function showStage(where, name, label) {
    const stage = desk.querySelector(where);
    stage.className = `desk-stage desk-stage--${name}`;
    stage.textContent = label;
    stage.hidden = !name;
  }

  function refuse(row, answer) {
    say(row, answer.message, true);
    if ("theirs" in answer) {
      row.dataset.theirs = answer.version;
      row.querySelector("[data-conflict]").innerHTML = answer.theirs;
    } else if (answer.moved) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "desk-link", textContent: words.reload });
      button.dataset.reload = "";
      row.querySelector("[data-said]").append(" ", button);
    }
  }

  // Saving -------------------------------------------------------------------------------------

  function changed(row) {
    keep(row);
    later(row, "draft", PAUSE);
  }

  function later(row, act, pause) {
    clearTimeout(timers.get(row));
    timers.set(row, setTimeout(() => save(row, act), pause));
  }

  /* One request at a time for a row: the next one knows the version that the last one made. True if all is well. */
  function save(row, act = "draft") {
    clearTimeout(timers.get(row));
    const next = (busy.get(row) || Promise.resolve()).then(() => send(row, act));
    busy.set(row, next);
    return next;
  }

  async function send(row, act) {
    if (isDisputed(row)) return false; // somebody has to choose first
    if (act === "draft" && !isUnsaved(row)) return true;
    const text = written(row);
    const data = { text, version: Number(row.dataset.version), act, origin: row.dataset.origin || "human" };
    const answer = await post(words.save, row, data);
    if (!answer.ok) return complain(row, act, answer);
    if (written(row) === text) saved(row);
    show(row, answer);
    say(row, answer.outcome || words.saved, Boolean(answer.outcome) && answer.has_errors);
    if (row === current && panel.matches("[data-lacking]")) refresh(row);
    return true;
  }

  async function complain(row, act, answer) {
    if (answer.status === 422 && act !== "draft") {
      keep(row);
      const isKept = await send(row, "draft");
      const isWrong = row.querySelector(".desk-finding--error:not(.desk-finding--dismissed)");
      if (isKept) say(row, isWrong ? words.stopped : answer.message, true);
      return false;
    }
    keep(row);
    refuse(row, answer);
    if (answer.again) later(row, act, RETRY);
    return false;
  }

  async function done(row) {
    if (await save(row, "done")) next(row);
  }

  /* An action on what is there already: first what was typed is saved. */
  async function ask(row, address, data) {
    if (!(await save(row))) return;
    const answer = await post(address, row, { seen: row.dataset.shown, ...data });
    if (!answer.ok) return refuse(row, answer);
    show(row, answer);
    say(row, words.saved);
    await refresh(row);
    if (document.activeElement === document.body) field(row).focus(); // the button or form is gone
  }

  function takeTheirs(row) {
    replace(row, row.querySelector("[data-theirs-text]").innerHTML);
    settle(row);
  }

  function settle(row) {
    row.dataset.version = row.dataset.theirs;
    row.querySelector("[data-conflict]").replaceChildren();
    say(row, "");
    keep(row);
    save(row);
    field(row).focus();
  }

  // Moving about -------------------------------------------------------------------------------

  const finished = "reviews" in words ? ["approved", "automatic"] : ["approved", "automatic", "review"];
  const isDone = (row) => finished.includes(row.dataset.standing) && !("approvable" in row.dataset);
  const isOpen = (row) => !row.hidden && !isDone(row);

  function focus(row) {
    if (!row) return;
    field(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  }

  function next(row) {
    const after = rows.slice(rows.indexOf(row) + 1);
    const found = after.find(isOpen) || rows.find((each) => each !== row && isOpen(each));
    if (found) focus(found);
    else if (!isOpen(row)) say(row, words.finished);
  }

  function step(row, by) {
    const seen = rows.filter((each) => !each.hidden);
    focus(seen[seen.indexOf(row) + by]);
  }

  async function open(row) {
    if (current === row) return;
    if (current) leave(current);
    current = row;
    row.classList.add("desk-row--current");
    row.querySelector(".desk-chips").hidden = !row.querySelector("[data-insert]");
    makeRoom(row);
    characters.follow(row);
    placePanel();
    preview.follow(row);
    panel.inert = true; // what it shows is about another segment
    loaded = refresh(row);
    await loaded;
    const box = panel.querySelector("[data-comment-form] textarea");
    if (box && row === current) box.value = unsent.get(row.dataset.path) || "";
  }

  function leave(row) {
    row.classList.remove("desk-row--current");
    const box = panel.inert ? null : panel.querySelector("[data-comment-form] textarea");
    if (box) unsent.set(row.dataset.path, box.value);
  }

  /* Does something with the panel as soon as it is that of the row. */
  async function withPanel(row, act) {
    await loaded;
    if (row === current) act();
  }

  /* On a narrow screen the help for a segment is where the segment is. */
  function placePanel() {
    if (!wide.matches && current) current.append(panel);
    else side.prepend(panel);
  }

  async function refresh(row) {
    const number = ++asked;
    const response = await server.get(words.segment, row);
    if (number !== asked) return;
    panel.inert = false;
    const isFound = Boolean(response) && response.ok && !response.redirected;
    panel.toggleAttribute("data-lacking", !isFound);
    side.scrollTop = 0;
    if (isFound) {
      panel.innerHTML = await response.text();
      askMachine(row);
    } else if (!response) panel.textContent = words.offline;
    else if (response.status === 404) panel.textContent = await response.text();
    else panel.textContent = server.isOut(response) ? words.loggedOut : words.broken;
  }

  /* What machines suggest comes when it comes: nothing else waits for it. */
  async function askMachine(row) {
    const place = panel.querySelector("[data-machine-place]");
    if (!place) return;
    const response = await server.get(words.machine, row);
    if (response?.ok && !response.redirected) place.innerHTML = await response.text();
    else place.textContent = response && server.isOut(response) ? words.loggedOut : words.noMachine;
  }

  function take(row, html, origin = "human") {
    replace(row, html);
    row.dataset.origin = origin;
    changed(row);
  }

  function takeSuggestion(row, number) {
    const chosen = panel.querySelectorAll("[data-suggestion]")[number];
    if (chosen) take(row, chosen.querySelector("[data-text]").innerHTML, chosen.dataset.origin);
  }

  function own(row, name) {
    if (!name) return;
    giveWords(row, name);
    changed(row);
  }

  // What is done with the keyboard and the mouse ------------------------------------------------

  const keys = {
    c: (row) => take(row, sourceFor(row)),
    n: next,
    w: (row) => own(row, caret.token(row)),
    p: preview.toggle,
    s: characters.focus,
    g: (row) => withPanel(row, () => panel.querySelector("[data-term-text], [data-add-term]")?.focus()),
    m: (row) => withPanel(row, () => panel.querySelector("[data-comment-form] textarea")?.focus()),
    r: (row) => withPanel(row, () => panel.querySelector("[data-send-back-form] textarea")?.focus()),
    ArrowDown: (row) => step(row, 1),
    ArrowUp: (row) => step(row, -1),
  };

  function withAlt(event, row) {
    const digit = /^Digit([1-5])$/.exec(event.code);
    const act = keys[event.key.length === 1 ? event.code.replace("Key", "").toLowerCase() : event.key];
    if (digit) withPanel(row, () => takeSuggestion(row, Number(digit[1]) - 1));
    else if (act) act(row);
    return Boolean(digit || act);
  }

  desk.addEventListener("keydown", (event) => {
    const isIn = event.target.matches("[data-field]");
    const row = event.target.closest("[data-row]");
    const enters = event.key === "Enter" && !event.isComposing;
    let isTaken = true;
    if (event.key === "Escape" && panel.contains(event.target)) field(current).focus();
    else if (enters && (event.ctrlKey || event.metaKey) && event.target.matches("textarea")) event.target.form.requestSubmit();
    else if (enters && (event.ctrlKey || event.metaKey) && row && !panel.contains(event.target)) done(row);
    else if (enters && isIn) isTaken = true; // a segment is one paragraph
    else if (isIn && event.altKey && !event.ctrlKey && !event.metaKey) isTaken = withAlt(event, row);
    else isTaken = false;
    if (isTaken) event.preventDefault();
  });

  desk.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) open(row);
  });

  desk.addEventListener("focusout", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && isUnsaved(row)) save(row);
  });

  desk.addEventListener("input", (event) => {
    if (!event.target.matches("[data-field]")) return;
    const row = event.target.closest("[data-row]");
    delete row.dataset.origin;
    changed(row);
  });

  desk.addEventListener("paste", (event) => {
    if (!event.target.closest("[data-field]")) return;
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain").trim().replace(/\s*\n\s*/g, " "));
  });

  // The caret stays where it is while one of these is pressed.
  desk.addEventListener("mousedown", (event) => {
    const still = "[data-insert], [data-own], [data-leave], [data-character], [data-term-text], [data-suggestion]";
    if (event.target.closest(still)) event.preventDefault();
  });

  desk.addEventListener("drop", (event) => event.target.closest("[data-field]") && event.preventDefault());

  const buttons = {
    done: (row) => done(row),
    insert: (row, button) => (insertChip(row, button), changed(row)),
    own: (row, button) => own(row, button.dataset.own),
    leave: caret.leave,
    character: characters.insert,
    termText: (row, button) => (insertText(row, button.textContent), changed(row)),
    suggestion: (row, button) => takeSuggestion(row, [...panel.querySelectorAll("[data-suggestion]")].indexOf(button)),
    version: (row, button) => take(row, button.closest("li").querySelector("[data-text]").innerHTML),
    keep: (row) => ask(row, words.keep, {}),
    takeBack: (row, button) => ask(row, words.dismiss, { finding: button.dataset.takeBack, back: true }),
    resolve: (row, button) => ask(row, words.comment, { resolve: Number(button.dataset.resolve) }),
    takePage: (row) => takePage(row),
    takeTheirs: (row) => takeTheirs(row),
    keepMine: (row) => settle(row),
    reload: () => ((isLeaving = true), location.reload()),
  };

  desk.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = event.target.closest("[data-row]") || current;
    const act = button && row && Object.keys(buttons).find((name) => name in button.dataset);
    if (act) buttons[act](row, button);
  });

  async function comment(form) {
    const text = form.querySelector("textarea");
    const answer = await post(words.comment, current, { text: text.value });
    if (!answer.ok) return say(current, answer.message, true);
    await refresh(current);
    field(current).focus();
    say(current, answer.outcome);
  }

  desk.addEventListener("submit", async (event) => {
    const form = event.target;
    const isHere = form.matches("[data-dismiss], [data-comment-form], [data-send-back-form]");
    const unsaved = rows.filter((row) => isUnsaved(row) || busy.has(row));
    if (!isHere && !server.atWork() && !rows.some(isUnsaved)) {
      isLeaving = true;
      return;
    }
    event.preventDefault(); // first what is written, then the act
    if (form.matches("[data-comment-form]")) return comment(form);
    if (form.matches("[data-send-back-form]")) return ask(current, words.sendBack, { reason: form.querySelector("textarea").value });
    if (form.matches("[data-dismiss]")) {
      const data = { finding: form.dataset.dismiss, reason: form.elements.reason.value };
      return ask(form.closest("[data-row]"), words.dismiss, data);
    }
    const outcome = await Promise.all(unsaved.map((row) => save(row)));
    isLeaving = outcome.every(Boolean);
    if (isLeaving) form.submit();
    else focus(unsaved[outcome.indexOf(false)]);
  });

  const shownOnly = desk.querySelector("[data-show]");
  shownOnly?.addEventListener("change", () => {
    const wanted = {
      open: (row) => !isDone(row),
      noted: (row) => row.querySelector(".desk-finding:not(.desk-finding--dismissed)"),
      returned: (row) => row.querySelector(".desk-sent-back"),
      all: () => true,
    }[shownOnly.value];
    for (const row of rows) row.hidden = !wanted(row);
  });

  wide.addEventListener("change", placePanel);
  window.addEventListener("online", () => rows.filter(isUnsaved).forEach((row) => save(row)));
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && (server.atWork() || rows.some(isUnsaved))) event.preventDefault();
  });
  rows.forEach(restore);
})();
