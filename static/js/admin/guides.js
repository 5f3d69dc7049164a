// A part is chosen in the folded table of contents: fold it again.
document.querySelector(".guide-contents--folded")?.addEventListener("click", (event) => {
  if (event.target.closest("a")) event.currentTarget.open = false;
});
