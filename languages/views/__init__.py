"""The translators' screens.

* `my_work`: what awaits one translator, also on the first page of the admin
* `matrix`: everything that can be translated, with its progress by language
* `workbench`: the source on the left, the translation on the right
* `segment_actions`, `translation_actions`: what its buttons do to one segment, and to all of them
* `rollback`: what going back to an earlier publication would change
* `people`: who may be mentioned in a comment
* `overview`: the languages, and the translations of one page
* `exchange`: files out and in; `memory`: the translation memory as files
* `base`: what the screens share
"""
