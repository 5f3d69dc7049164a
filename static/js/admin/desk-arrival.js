/* Where the workbench begins when it is opened by a link: at the segment that `#segment=…` names; or at the first one that
   is to be done (`:open`), to be reviewed (`:review`) or has changed in the Chinese (`:outdated`). `#cites` opens what the
   text cites. */

(() => {
  "use strict";

  const standing = {
    open: (row) => !["approved", "automatic", "review"].includes(row.dataset.standing),
    review: (row) => row.dataset.standing === "review",
    outdated: (row) => row.dataset.standing === "outdated",
  };

  function arrive() {
    const cites = location.hash === "#cites" && document.getElementById("cites");
    if (cites) cites.open = true;
    const place = new URLSearchParams(location.hash.slice(1)).get("segment");
    if (!place) return;
    const isMeant = place.startsWith(":") ? standing[place.slice(1)] : (row) => row.dataset.path === place;
    const row = isMeant && [...document.querySelectorAll("[data-desk] [data-row]")].find(isMeant);
    if (!row) return;
    row.querySelector("[data-field]").focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  }

  arrive();
  addEventListener("hashchange", arrive);
})();
