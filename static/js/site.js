// The site works without this file. It only closes the reading settings when the reader is done with them.
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
})();
