/* What is typed while an autosave is under way is still unsaved when that has ended.

   Wagtail 8 takes the form as it is then for what was saved (w-autosave:success -> w-unsaved#clear): what came in
   meanwhile is not saved until something else changes, and nobody is warned who leaves the page.

   For two seconds after a form has come up, Wagtail takes what is typed for what was there: that is unsaved, too.

   A button waits for the autosave under way, and says which revision the form has saved by itself: otherwise whoever
   writes on and presses it at once would be taken for two people (core/editing/collisions).

   The editor of texts puts what is written into its field a quarter of a second later, on a busy machine later still:
   whoever presses Ctrl+S at the last character would lose it. So a button waits for that, too, and then asks each editor
   for what it has. */

(() => {
  "use strict";

  const sent = new WeakMap(); // form -> its fields as the autosave under way took them, as w-unsaved writes them
  const touched = new WeakSet(); // forms in which somebody has typed since the last autosave began
  const underWay = new WeakSet(); // forms
  const saves = new WeakMap(); // form -> the key of the revision that it has saved by itself
  const pressed = new WeakMap(); // form -> the button that waits for the autosave under way, or for an editor of texts
  const written = new WeakMap(); // form -> when somebody wrote in one of its editors of texts
  const leaving = new WeakSet();

  const TAKEN_OVER = 300; // milliseconds; Draftail's stateSaveInterval is 250

  const watcherOf = (form) =>
    window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-unsaved");

  const markUnsaved = (watcher, saved) => {
    watcher.initialFormData = saved;
    watcher.previousFormData = saved;
    watcher.check();
  };

  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form");
    if (form) touched.add(form);
  });

  document.addEventListener("w-unsaved:watch-edits", ({ target: form }) => {
    const watcher = watcherOf(form);
    if (watcher && touched.has(form)) markUnsaved(watcher, "nothing");
  });

  const takeAlong = (form, name, value) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  };

  /* What a button says is in the form only when it goes off: an autosave would send it, too, and publish. */
  const goOn = (form) => {
    if (!pressed.has(form) || underWay.has(form)) return;
    if (remaining(form)) {
      setTimeout(goOn, remaining(form), form);
      return;
    }
    const button = pressed.get(form);
    // Its button may be disabled by now, so that the browser would leave it out.
    if (button?.name) takeAlong(form, button.name, button.value);
    pressed.delete(form);
    form.requestSubmit();
  };

  document.addEventListener("w-autosave:save", (event) => {
    const form = event.target;
    if (leaving.has(form)) {
      event.preventDefault();
      return;
    }
    underWay.add(form);
    touched.delete(form);
    const watcher = watcherOf(form);
    if (watcher) sent.set(form, watcher.formData);
  });

  for (const kind of ["keydown", "beforeinput", "paste", "cut", "drop"]) {
    const note = ({ target }) => {
      const form = target.closest?.(".Draftail-Editor") && target.closest("form");
      if (form) written.set(form, performance.now());
    };
    document.addEventListener(kind, note, true);
  }

  /* Milliseconds until what was written last is in its field. */
  const remaining = (form) => Math.max(0, (written.get(form) ?? -TAKEN_OVER) + TAKEN_OVER - performance.now());

  const takeOver = (form) => {
    if (written.has(form)) for (const field of form.elements) field.draftailEditor?.saveState();
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    takeOver(form);
    if (underWay.has(form) || remaining(form)) {
      event.preventDefault();
      pressed.set(form, event.submitter);
      if (!underWay.has(form)) setTimeout(goOn, remaining(form), form);
    } else if (saves.has(form)) {
      leaving.add(form);
      takeAlong(form, "saved_revision_id", saves.get(form));
    }
  });

  for (const end of ["w-autosave:success", "w-autosave:error"]) {
    document.addEventListener(end, ({ target: form, detail }) => {
      underWay.delete(form);
      const key = detail.response?.revision_id;
      if (key) saves.set(form, key);
      if (pressed.has(form)) goOn(form);
    });
  }

  document.addEventListener("w-autosave:success", ({ target: form, detail }) => {
    const watcher = watcherOf(form);
    if (!watcher || !sent.has(form)) return;
    const saved = new URLSearchParams(sent.get(form));
    sent.delete(form);
    for (const [name, value] of Object.entries(detail.data?.field_updates || {})) {
      if (saved.has(name)) saved.set(name, value);
    }
    if (saved.toString() !== watcher.formData) markUnsaved(watcher, saved.toString());
  });
})();
