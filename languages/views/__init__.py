"""The translators' screens.

* `matrix`: everything that can be translated, with its progress by language
* `workbench`: the source on the left, the translation on the right; `actions`: what its buttons do
* `overview`: the languages, and the translations of one page
* `exchange`: files out and in
* `base`: what the screens share
"""
