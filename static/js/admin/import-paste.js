/* What is pasted keeps the format that its program gives it; too large a paste is said before it is sent. */

(() => {
  "use strict";

  const form = document.querySelector("[data-import-upload]");
  const MOST = Number(form.dataset.most); // bytes
  const text = form.querySelector("textarea[name=pasted]");
  const html = form.querySelector("textarea[name=pasted_html]");
  const note = form.querySelector("[data-import-pasted]");

  const show = () => {
    note.hidden = !html.value;
    text.readOnly = Boolean(html.value);
  };

  text.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/html");
    if (text.readOnly || !pasted) return;
    event.preventDefault();
    if (new Blob([pasted]).size > MOST) {
      text.setCustomValidity(form.dataset.tooLarge);
      text.reportValidity();
      return;
    }
    text.value = event.clipboardData.getData("text/plain");
    html.value = pasted;
    show();
  });
  text.addEventListener("input", () => {
    text.setCustomValidity(new Blob([text.value]).size > MOST ? form.dataset.tooLarge : "");
    text.reportValidity();
  });
  form.querySelector("[data-import-clear]").addEventListener("click", () => {
    text.value = html.value = "";
    text.setCustomValidity("");
    show();
    text.focus();
  });
  form.addEventListener("submit", (event) => {
    if (text.checkValidity()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    text.reportValidity();
  }, true);
  show();
})();
