"""Files of Word (ECMA-376), as Word, WPS and LibreOffice write them. `files.read` is the way in.

* `archive`: the archive within its limits; `xml`: its parts, parsed with nothing from outside
* `styles`: names and looks; `numbering`: numbers that the program counts
* `context`: what the readers share; `files`: the whole file
* `bodies`: paragraphs and lists; `lines`: the words of one; `fields`: what a program writes itself
* `tables`: cells; `drawings`: pictures, boxes, shapes, charts
"""
