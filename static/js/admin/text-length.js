/* The length of the text in the panel of checks: the server has counted it, and says it in the preview's userbar. */

(() => {
  "use strict";

  document.addEventListener("w-preview:content", () => {
    const preview = document.querySelector("#w-preview-iframe")?.contentDocument;
    const counted = preview?.querySelector("wagtail-userbar")?.shadowRoot?.querySelector("[data-text-length]");
    for (const name of ["data-text-length", "data-text-minutes"]) {
      const place = document.querySelector(`[data-side-panel="checks"] [${name}]`);
      if (place) place.textContent = counted?.getAttribute(name) || "–";
    }
  });
})();
