// The directory works without this file. It narrows the list while a name is typed, without asking the server.
// The names that each school is found by are worked out there: data-name is folded text, data-said is pinyin.
(function () {
  "use strict";
  var form = document.querySelector("[data-filter]");
  if (!form || !String.prototype.normalize) return;
  var input = form.querySelector("input[type=search]");
  var found = document.querySelector("[data-found]");
  var none = document.querySelector("[data-none]");
  var items = [].slice.call(document.querySelectorAll("[data-name]"));
  var groups = [].slice.call(document.querySelectorAll("[data-group]"));
  var timer;

  function words() {
    var plain = input.value.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "");
    return plain.normalize("NFC").split(/\s+/).filter(Boolean);
  }

  function isShown(item) {
    return !item.hidden;
  }

  function narrow() {
    var asked = words();
    items.forEach(function (item) {
      item.hidden = !asked.every(function (word) {
        return item.dataset.name.indexOf(word) >= 0 || item.dataset.said.indexOf(" " + word) >= 0;
      });
    });
    groups.forEach(function (group) {
      group.hidden = asked.length > 0 && ![].slice.call(group.querySelectorAll("[data-name]")).some(isShown);
    });
    var shown = items.filter(isShown).length;
    none.hidden = shown > 0 || !asked.length;
    found.textContent = found.textContent.replace(/\d+/, shown);
  }

  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(narrow, 120);
  });
  if (input.value) narrow(); // a browser that goes back keeps what was typed
})();
