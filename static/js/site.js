// The site works without this file. It closes reading settings that a reader is done with, and adds the buttons that
// only a browser with scripts can offer: copy, share, print.
(function () {
  "use strict";
  var panels = document.querySelectorAll("details.display");

  function close(panel, giveFocusBack) {
    if (!panel.open) return;
    panel.open = false;
    if (giveFocusBack) panel.querySelector("summary").focus();
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    panels.forEach(function (panel) {
      close(panel, panel.contains(document.activeElement));
    });
  });

  document.addEventListener("click", function (event) {
    panels.forEach(function (panel) {
      if (!panel.contains(event.target)) close(panel, false);
    });
  });

  function offer(name, possible, act) {
    if (!possible) return;
    document.querySelectorAll("[data-" + name + "]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        act(button);
      });
    });
  }

  offer("copy", navigator.clipboard, function (button) {
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      button.textContent = button.dataset.done;
    });
  });
  offer("share", navigator.share, function (button) {
    navigator.share({ title: document.title, url: button.dataset.share }).catch(function () {});
  });
  offer("print", window.print, function () {
    window.print();
  });

  // What narrows a list is always open where it stands in the margin. Newer browsers know that from the style sheet.
  var inMargin = window.matchMedia("(min-width: 62em)").matches && document.documentElement.dataset.display !== "senior";
  if (inMargin && !(window.CSS && CSS.supports("selector(::details-content)"))) {
    document.querySelectorAll("details.facets").forEach(function (panel) {
      panel.open = true;
    });
  }

  // A closed panel prints nothing, and a printed page should carry its code.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.share").forEach(function (panel) {
      panel.open = true;
    });
  });
})();
