/* A mail leads to a page of the admin with `?notice=12`: that notice is read then. Loading a page changes nothing by
   itself, so the script says so. */

(() => {
  "use strict";

  const address = new URL(location.href);
  const notice = address.searchParams.get("notice");
  if (!/^[0-9]{1,18}$/.test(notice || "")) return;

  const { read } = document.currentScript.dataset;
  address.searchParams.delete("notice");
  history.replaceState(history.state, "", address);

  function show(unread) {
    const bell = document.querySelector("[data-bell]");
    if (!bell) return;
    bell.dataset.bell = unread > 99 ? "99+" : unread || "";
    const label = bell.getAttribute("aria-label");
    if (label && unread) bell.setAttribute("aria-label", label.replace(/[0-9]+/, unread));
    else bell.removeAttribute("aria-label");
  }

  addEventListener("DOMContentLoaded", async () => {
    const { CSRF_TOKEN: token } = JSON.parse(document.getElementById("wagtail-config").textContent);
    const headers = { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
    const answer = await fetch(read.replace("/0/", `/${notice}/`), { method: "POST", headers, credentials: "same-origin" }).catch(() => null);
    if (answer?.ok && !answer.redirected) show((await answer.json()).unread);
  });
})();
