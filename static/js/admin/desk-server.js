/* How the workbench talks to the server. What is not saved yet is also kept in the window (sessionStorage), so that
   neither a lost connection nor a log-in that ran out costs a word. */

window.deskServer = (words) => {
  "use strict";

  const { field, written } = window.deskText;
  const place = (row) => `desk-text ${location.pathname} ${row.dataset.path}`;
  let underWay = 0;

  function csrfToken() {
    // Whoever logs in again in another tab has another one from then on.
    const found = /(?:^|;\s*)[\w-]*csrftoken=([^;]+)/.exec(document.cookie);
    return found ? found[1] : document.querySelector("input[name=csrfmiddlewaretoken]").value;
  }

  /* What the server says about a segment; null if it cannot be reached. */
  function get(address, row) {
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    return fetch(`${address}?path=${encodeURIComponent(row.dataset.path)}`, { credentials: "same-origin", headers }).catch(() => null);
  }

  /* Whether an answer means that somebody has to log in. */
  const isOut = (response) => response.redirected || [401, 403].includes(response.status);

  /* Always answers: {ok, again, message, …}; `again` if it is worth trying again. */
  async function post(address, row, data) {
    const body = JSON.stringify({ path: row.dataset.path, hash: row.dataset.hash, ...data });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Requested-With": "XMLHttpRequest" };
    underWay += 1;
    try {
      const response = await fetch(address, { method: "POST", headers, body, credentials: "same-origin" });
      const answer = await response.json().catch(() => null);
      if (answer) return { ...answer, ok: response.ok, status: response.status };
      return { ok: false, again: true, message: response.status < 500 ? words.loggedOut : words.offline };
    } catch {
      return { ok: false, again: true, message: words.offline };
    } finally {
      underWay -= 1;
    }
  }

  function keep(row) {
    row.dataset.unsaved = "";
    try {
      const { hash, version } = row.dataset;
      sessionStorage.setItem(place(row), JSON.stringify({ html: field(row).innerHTML, hash, version }));
    } catch {
      // no room, or not allowed: the window still asks before it is left
    }
  }

  function saved(row) {
    delete row.dataset.unsaved;
    sessionStorage.removeItem(place(row));
  }

  /* Puts back what was not saved when the page was left. Null if there is nothing; else what stood there before, and
     whether it was typed over the same Chinese and the same text that are here now. */
  function restore(row) {
    const kept = JSON.parse(sessionStorage.getItem(place(row)));
    const [before, html] = [written(row), field(row).innerHTML];
    if (kept) field(row).innerHTML = kept.html;
    if (written(row) !== before) {
      return { before: html, isCurrent: kept.hash === row.dataset.hash && kept.version === row.dataset.version };
    }
    saved(row);
    return null;
  }

  return { get, isOut, post, keep, saved, restore, atWork: () => underWay > 0 };
};
