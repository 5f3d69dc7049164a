/* Links to figures and schools in the rich-text editor: one button and one tooltip for both. */

(() => {
  "use strict";

  const { React, DraftJS, draftail } = window;
  const { EditorState, Modifier, RichUtils } = DraftJS;
  const ICONS = { FIGURE: "order", SCHOOL: "group" };

  /* Opens the chooser, asking for the selected words. What is chosen is linked to these words, or, if
     none are selected, is inserted as the object's own words. */
  class ObjectLinkSource extends draftail.ModalWorkflowSource {
    getChooserConfig(entity, selectedText) {
      const words = selectedText.trim();
      return {
        url: this.props.entityType.chooserUrl,
        urlParams: words && words.length <= 20 ? { q: words } : {},
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData({ id, label, url }) {
      return { id, label, url };
    }

    /* As Wagtail's, but MUTABLE: editing the words keeps the link. */
    onChosen(data) {
      const { editorState, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, "MUTABLE", this.filterEntityData(data));
      const key = content.getLastCreatedEntityKey();
      const next = selection.isCollapsed()
        ? EditorState.push(
            editorState,
            Modifier.replaceText(content, selection, data.title, null, key),
            "insert-characters",
          )
        : RichUtils.toggleLink(editorState, selection, key);
      this.workflow.close();
      onComplete(next);
    }
  }

  const decorator = (type) => {
    const ObjectLink = (props) => {
      const { label, url } = props.contentState.getEntity(props.entityKey).getData();
      return React.createElement(draftail.TooltipEntity, {
        ...props,
        icon: `#icon-${url ? ICONS[type] : "warning"}`,
        label: label || "",
        url,
      });
    };
    return ObjectLink;
  };

  Object.keys(ICONS).forEach((type) => {
    draftail.registerPlugin({ type, source: ObjectLinkSource, decorator: decorator(type) }, "entityTypes");
  });
})();
