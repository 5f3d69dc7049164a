/* The box in the head of the table of translations ticks all of the page. */

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-choose-all]")) return;
  for (const box of document.querySelectorAll("input[name=original]")) box.checked = event.target.checked;
});
