/* The translators' workbench. The page is complete when it comes from the server; this script saves what is written,
   shows what the checks say, and makes the keyboard enough. A text goes to the server as a segment: words, plain tags,
   and chips (`<a id="a1">…</a>`); a token, which says its words by itself, goes as a chip without words. */

(() => {
  "use strict";

  const desk = document.querySelector("[data-desk]");
  if (!desk) return;

  const PAUSE = 900; // ms without a key before a text is saved
  const PLAIN = ["B", "STRONG", "I", "EM", "SUB", "SUP", "CODE", "S", "U", "MARK"];
  const rows = [...desk.querySelectorAll("[data-row]")];
  const panel = desk.querySelector("[data-panel]");
  const frame = desk.querySelector("[data-frame]");
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const timers = new WeakMap();
  let current = null;
  let asked = 0;

  const field = (row) => row.querySelector("[data-field]");
  const isHtml = (row) => row.dataset.format === "html";
  const escaped = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);

  // Text and markup ----------------------------------------------------------------------------

  const segment = (node) => [...node.childNodes].map(piece).join("");

  function piece(node) {
    if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/\u200b/g, ""));
    if (node.nodeType !== Node.ELEMENT_NODE) return "";
    const { chip, tag } = node.dataset;
    if (chip) return `<${tag} id="${chip}">${node.isContentEditable ? segment(node) : ""}</${tag}>`;
    if (node.tagName === "BR") return node.nextSibling ? "<br/>" : "";
    if (!PLAIN.includes(node.tagName)) return segment(node);
    const name = node.tagName.toLowerCase();
    return `<${name}>${segment(node)}</${name}>`;
  }

  const written = (row) => (isHtml(row) ? segment(field(row)) : field(row).innerText.replace(/\u200b/g, "").replace(/\n+$/, ""));

  function chipElement(button) {
    const element = document.createElement("span");
    const name = button.dataset.insert;
    element.className = "desk-chip";
    element.dataset.chip = name;
    element.dataset.tag = name.replace(/\d+$/, "");
    element.title = button.textContent;
    if (button.dataset.token) {
      element.classList.add("desk-chip--token");
      element.contentEditable = "false";
      element.textContent = button.dataset.token;
    } else {
      element.textContent = String(window.getSelection()) || "…";
    }
    return element;
  }

  function insert(row, node) {
    const selection = window.getSelection();
    const inside = selection.rangeCount && field(row).contains(selection.anchorNode);
    if (inside) {
      const range = selection.getRangeAt(0);
      range.deleteContents();
      range.insertNode(node);
    } else {
      field(row).append(node);
    }
    selection.collapse(field(row), field(row).childNodes.length);
    changed(row);
  }

  // Saving -------------------------------------------------------------------------------------

  async function post(address, row, data) {
    const body = JSON.stringify({ path: row.dataset.path, hash: row.dataset.hash, ...data });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
    const response = await fetch(address, { method: "POST", headers, body, credentials: "same-origin" });
    const answer = await response.json().catch(() => ({ message: `${response.status}` }));
    return { ok: response.ok, status: response.status, ...answer };
  }

  function say(row, message, isProblem = false) {
    const place = row.querySelector("[data-said]");
    place.textContent = message;
    place.classList.toggle("desk-said--problem", isProblem);
  }

  function show(row, answer) {
    if (!answer.ok) {
      say(row, answer.message, true);
      if (answer.status === 409 && "text" in answer) row.dataset.version = answer.version;
      return false;
    }
    row.dataset.version = answer.version;
    row.dataset.standing = answer.standing;
    row.querySelector("[data-state]").innerHTML = answer.state;
    row.querySelector("[data-findings]").innerHTML = answer.findings;
    desk.querySelector("[data-progress]").value = answer.done;
    desk.querySelector("[data-percent]").textContent = `${answer.percent} %`;
    say(row, "✓");
    if (!frame.hidden) frame.src = frame.dataset.address;
    return true;
  }

  function changed(row) {
    row.dataset.unsaved = "";
    clearTimeout(timers.get(row));
    timers.set(row, setTimeout(() => save(row), PAUSE));
  }

  /* One request at a time for a row: the next one knows the version that the last one made. */
  const busy = new WeakMap();

  function save(row, act = "draft") {
    clearTimeout(timers.get(row));
    const next = (busy.get(row) || Promise.resolve()).then(() => send(row, act));
    busy.set(row, next.catch(() => {}));
    return next;
  }

  async function send(row, act) {
    if (act === "draft" && !("unsaved" in row.dataset)) return true;
    const text = written(row);
    delete row.dataset.unsaved;
    const data = { text, version: Number(row.dataset.version), act, origin: row.dataset.origin || "human" };
    const answer = await post(desk.dataset.save, row, data).catch((error) => ({ ok: false, message: String(error) }));
    if (!answer.ok) row.dataset.unsaved = "";
    return show(row, answer);
  }

  async function done(row) {
    if (await save(row, desk.dataset.act)) next(row);
  }

  // Moving about -------------------------------------------------------------------------------

  const focus = (row) => row && (field(row).focus(), row.scrollIntoView({ block: "center" }));
  const isOpen = (row) => !["approved", "review", "automatic"].includes(row.dataset.standing);

  function next(row) {
    const after = rows.slice(rows.indexOf(row) + 1);
    focus(after.find(isOpen) || rows.find(isOpen) || after[0]);
  }

  async function open(row) {
    if (current === row) return;
    if (current) current.classList.remove("desk-row--current");
    current = row;
    row.classList.add("desk-row--current");
    row.querySelector(".desk-chips").hidden = !row.querySelector("[data-insert]");
    await refresh(row);
  }

  async function refresh(row) {
    const number = ++asked;
    const response = await fetch(`${desk.dataset.segment}?path=${encodeURIComponent(row.dataset.path)}`, { credentials: "same-origin" });
    const html = await response.text();
    if (number === asked) panel.innerHTML = html;
  }

  function take(row, number) {
    const chosen = panel.querySelectorAll("[data-suggestion]")[number];
    if (!chosen) return;
    field(row).innerHTML = chosen.querySelector("[data-text]").innerHTML;
    row.dataset.origin = chosen.dataset.origin;
    focus(row);
    changed(row);
  }

  function copySource(row) {
    field(row).innerHTML = row.querySelector(".desk-source").innerHTML;
    for (const button of row.querySelectorAll("[data-insert]")) {
      const old = field(row).querySelector(`[data-chip="${button.dataset.insert}"]`);
      if (old && button.dataset.token) old.replaceWith(chipElement(button));
    }
    changed(row);
  }

  // What is done with the keyboard and the mouse ------------------------------------------------

  const keys = {
    c: copySource,
    n: next,
    ArrowDown: (row) => focus(rows[rows.indexOf(row) + 1]),
    ArrowUp: (row) => focus(rows[rows.indexOf(row) - 1]),
  };

  desk.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      done(row);
    } else if (event.key === "Enter" && event.target.matches("[data-field]")) {
      event.preventDefault(); // a segment is one paragraph
    } else if (event.altKey && !event.ctrlKey) {
      const digit = /^Digit([1-5])$/.exec(event.code);
      const act = keys[event.key.length === 1 ? event.code.replace("Key", "").toLowerCase() : event.key];
      if (digit) take(row, Number(digit[1]) - 1);
      else if (act) act(row);
      else return;
      event.preventDefault();
    }
  });

  desk.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) open(row);
  });

  desk.addEventListener("focusout", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && "unsaved" in row.dataset) save(row);
  });

  desk.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    delete row.dataset.origin;
    changed(row);
  });

  desk.addEventListener("paste", (event) => {
    if (!event.target.closest("[data-field]")) return;
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain").replace(/\s*\n\s*/g, " "));
  });

  desk.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    const row = event.target.closest("[data-row]") || current;
    if (!button || !row) return;
    const { insert: chip, dismiss, resolve } = button.dataset;
    if ("done" in button.dataset) done(row);
    else if (chip) insert(row, chipElement(button));
    else if ("suggestion" in button.dataset) take(row, [...panel.querySelectorAll("[data-suggestion]")].indexOf(button));
    else if ("termText" in button.dataset) insert(row, document.createTextNode(button.textContent));
    else if (dismiss) {
      const reason = window.prompt(button.textContent);
      if (reason) show(row, await post(desk.dataset.dismiss, row, { check: dismiss, reason }));
    } else if ("keep" in button.dataset) {
      if (show(row, await post(desk.dataset.keep, row, {}))) refresh(row);
    } else if (resolve) {
      await post(desk.dataset.comment, row, { resolve: Number(resolve) });
      refresh(row);
    }
  });

  desk.addEventListener("submit", async (event) => {
    if (event.target.matches("[data-comment-form]")) {
      event.preventDefault();
      const answer = await post(desk.dataset.comment, current, { text: event.target.querySelector("textarea").value });
      if (answer.ok) refresh(current);
      else say(current, answer.message, true);
      return;
    }
    const unsaved = rows.filter((row) => "unsaved" in row.dataset);
    if (!unsaved.length) return;
    event.preventDefault(); // first what is written, then the act
    const saved = await Promise.all(unsaved.map((row) => save(row)));
    if (saved.every(Boolean)) event.target.submit();
  });

  const preview = desk.querySelector("[data-preview]");
  if (preview) {
    frame.dataset.address = preview.dataset.preview;
    preview.addEventListener("click", () => {
      frame.hidden = !frame.hidden;
      preview.setAttribute("aria-expanded", String(!frame.hidden));
      desk.classList.toggle("desk--preview", !frame.hidden);
      if (!frame.hidden) frame.src = frame.dataset.address;
    });
  }

  window.addEventListener("beforeunload", (event) => {
    if (rows.some((row) => "unsaved" in row.dataset)) event.preventDefault();
  });
})();
