"""How stored content becomes a public page.

* `blocks`: the blocks of a body that know no domain model
* `walking`: every block of a stored body; what is looked for in a body is looked for there
* `preloading`: everything that a body refers to, loaded in one pass
* `remembering`: what the choosers of a form refer to, asked for once while it is saved
* `rich_text`: stored rich text as HTML; link handlers of our objects build on `ObjectLinkHandler`
* `told_times`: what 今年 and 去年 of an old text mean
* `object_links`: the same links in the editor: button, entity, chooser
* `navigation`: the masthead, the breadcrumb and the links to other languages
* `renditions`: the sizes of pictures, made at publication
* `pictures`: pictures as pages show them, from those sizes
* `dates`: when something happened, as pages write it
* `facets`: what a list can be narrowed by
"""
