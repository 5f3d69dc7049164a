/* What is typed while an autosave is under way is still unsaved when that has ended.

   Wagtail 8 takes the form as it is then for what was saved (w-autosave:success -> w-unsaved#clear): what came in
   meanwhile is not saved until something else changes, and nobody is warned who leaves the page. */

(() => {
  "use strict";

  const sent = new WeakMap(); // form -> its fields as the autosave under way took them, as w-unsaved writes them

  const watcherOf = (form) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-unsaved");

  document.addEventListener("w-autosave:save", ({ target: form }) => {
    const watcher = watcherOf(form);
    if (watcher) sent.set(form, watcher.formData);
  });

  document.addEventListener("w-autosave:success", ({ target: form, detail }) => {
    const watcher = watcherOf(form);
    if (!watcher || !sent.has(form)) return;
    const saved = new URLSearchParams(sent.get(form));
    sent.delete(form);
    for (const [name, value] of Object.entries(detail.data?.field_updates || {})) {
      if (saved.has(name)) saved.set(name, value);
    }
    if (saved.toString() === watcher.formData) return;
    watcher.initialFormData = saved.toString();
    watcher.previousFormData = saved.toString();
    watcher.check();
  });
})();
