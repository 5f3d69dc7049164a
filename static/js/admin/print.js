/* A button that prints the page, where there is a printer to ask: it is shown by this. */

(() => {
  "use strict";

  for (const place of document.querySelectorAll("[data-print]")) {
    place.hidden = false;
    place.querySelector("button").addEventListener("click", () => window.print());
  }
})();
