/* `@` in a comment: the people who may see the text, in a list below the field while a name is being typed (a combobox
   after the ARIA practices). Arrow keys choose, Enter and Tab take, Escape closes. The server has the names and knows
   pinyin; without this script a name is typed in full.

   A field takes part if it, or something around it, has `data-mentions` with the address that is asked; and the comments
   that Wagtail shows beside a page, and fields with `data-mentions-beside`, in the editor of a page, if the script itself
   names the address in `data-beside`. */

(() => {
  "use strict";

  const TYPED = /(^|[^A-Za-z0-9_.+-])[@＠]([^\s@＠]{0,30})$/;
  const PAUSE = 150; // ms without a key before the server is asked
  const list = document.createElement("ul");
  Object.assign(list, { id: "mentions", className: "mentions", hidden: true });
  list.setAttribute("role", "listbox");
  let field = null;
  let asked = 0;
  let timer = 0;

  const WAGTAILS = ".comment__input, .comment__reply-input, .comment-reply__input";
  const COMMENTS = `${WAGTAILS}, [data-mentions-beside]`;
  const { beside } = document.currentScript.dataset;
  const page = /\/pages\/([0-9]+)\//.exec(location.pathname)?.[1];

  function address(element) {
    if (beside && page && element.matches(COMMENTS)) return `${beside}?page=${page}`;
    return element.closest("[data-mentions]")?.dataset.mentions;
  }

  const options = () => [...list.children];
  const chosen = () => list.querySelector('[aria-selected="true"]');

  function typed() {
    if (field.selectionStart !== field.selectionEnd) return null;
    const found = TYPED.exec(field.value.slice(0, field.selectionStart));
    return found && found[2];
  }

  function close() {
    asked += 1;
    clearTimeout(timer);
    if (list.hidden) return;
    list.hidden = true;
    list.replaceChildren();
    for (const name of ["role", "aria-expanded", "aria-activedescendant", "aria-controls"]) field.removeAttribute(name);
  }

  /* Below the field, or above it where there is more room. */
  function place() {
    if (list.hidden) return;
    const { left, top, bottom, width } = field.getBoundingClientRect();
    const isBelow = innerHeight - bottom > Math.min(top, list.offsetHeight);
    Object.assign(list.style, { left: `${left}px`, maxWidth: `${Math.max(width, 200)}px` });
    list.style.top = `${isBelow ? bottom : Math.max(top - list.offsetHeight, 0)}px`;
  }

  function choose(option) {
    for (const each of options()) each.setAttribute("aria-selected", String(each === option));
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(people) {
    if (!people.length) return close();
    list.replaceChildren(...people.map((person, number) => {
      const option = document.createElement("li");
      option.id = `mention-${number}`;
      option.setAttribute("role", "option");
      option.dataset.write = person.write;
      option.append(person.name);
      if (person.username !== person.name) {
        const username = document.createElement("span");
        username.textContent = ` ${person.username}`;
        option.append(username);
      }
      return option;
    }));
    list.setAttribute("aria-label", field.labels?.[0]?.textContent.trim() || field.placeholder);
    list.hidden = false;
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-controls", list.id);
    place();
    choose(list.firstElementChild);
  }

  async function ask(query) {
    const number = ++asked;
    const url = new URL(address(field), location.href);
    url.searchParams.set("q", query);
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const answer = await fetch(url, { headers, credentials: "same-origin" }).catch(() => null);
    if (number !== asked) return;
    const isFound = answer?.ok && !answer.redirected;
    const found = isFound ? (await answer.json()).people : [];
    if (number === asked) show(found);
  }

  /* As if it were typed, so that undo works and whoever listens to the field hears of it. */
  function take(option) {
    const start = field.selectionStart - typed().length;
    field.setSelectionRange(start, field.selectionStart);
    if (!document.execCommand("insertText", false, `${option.dataset.write} `)) {
      field.setRangeText(`${option.dataset.write} `, start, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    close();
  }

  function step(by) {
    const all = options();
    choose(all[(all.indexOf(chosen()) + by + all.length) % all.length]);
  }

  document.addEventListener("focusin", ({ target }) => {
    if (target === field) return;
    close();
    field = target.matches?.("textarea") && address(target) ? target : null;
    field?.setAttribute("aria-autocomplete", "list");
    field?.setAttribute("aria-haspopup", "listbox");
    if (field && !list.isConnected) document.body.append(list);
  });

  document.addEventListener("focusout", (event) => event.target === field && close());
  addEventListener("scroll", place, true);
  addEventListener("resize", place);

  document.addEventListener("input", (event) => {
    if (event.target !== field || event.isComposing) return;
    clearTimeout(timer);
    const query = typed();
    if (query === null) close();
    else timer = setTimeout(() => ask(query), PAUSE);
  });

  document.addEventListener("compositionend", (event) => {
    if (event.target === field && typed() !== null) ask(typed());
  });

  // Before the page's own keys: Enter takes a name here, and does not send the comment.
  document.addEventListener("keydown", (event) => {
    if (event.target !== field || list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: () => take(chosen()),
      Tab: () => take(chosen()),
      Escape: close,
    };
    if (!Object.hasOwn(acts, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }, true);

  // A press on a name leaves the caret in the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
})();
