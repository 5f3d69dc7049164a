// The search box works without this file. It adds suggestions: a combobox with a list, as WAI-ARIA describes it.
(function () {
  "use strict";
  var form = document.querySelector("form.search[data-suggest]");
  if (!form || !window.fetch) return;
  var input = form.querySelector("input");
  var list = document.createElement("div");
  var options = [];
  var chosen = -1;
  var asked = "";
  var timer;

  list.id = "suggestions";
  list.className = "suggest";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.placeholder);
  list.hidden = true;
  form.appendChild(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function choose(number) {
    if (options[chosen]) options[chosen].setAttribute("aria-selected", "false");
    chosen = number;
    if (!options[chosen]) return input.removeAttribute("aria-activedescendant");
    options[chosen].setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) choose(-1);
  }

  function option(suggestion, number) {
    var link = document.createElement("a");
    var name = document.createElement("bdi");
    var kind = document.createElement("span");
    link.id = "suggestion-" + number;
    link.href = suggestion.url;
    link.tabIndex = -1;
    name.lang = suggestion.lang;
    name.textContent = suggestion.title;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    kind.className = "suggest__kind";
    kind.textContent = suggestion.label;
    link.appendChild(name);
    link.appendChild(kind);
    return link;
  }

  function show(suggestions) {
    choose(-1);
    list.textContent = "";
    options = suggestions.map(option);
    options.forEach(function (link) {
      list.appendChild(link);
    });
    open(options.length > 0 && document.activeElement === input);
  }

  function ask() {
    var query = input.value.trim();
    if (query === asked) return;
    asked = query;
    if (!query) return show([]);
    fetch(form.dataset.suggest + "?q=" + encodeURIComponent(query), { credentials: "omit" })
      .then(function (response) {
        return response.json();
      })
      .then(function (answer) {
        if (query === asked) show(answer.suggestions);
      })
      .catch(function () {});
  }

  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });

  input.addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && options.length) {
      event.preventDefault();
      if (list.hidden) open(true);
      var places = options.length + 1; // one of them is the box itself
      choose(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && options[chosen] && !list.hidden) {
      event.preventDefault();
      options[chosen].click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      open(false);
    }
  });

  list.addEventListener("mousedown", function (event) {
    event.preventDefault(); // the box keeps the focus until the link is followed
  });
  input.addEventListener("blur", function () {
    open(false);
  });
})();
