"""Importing a story in the admin: a file or what was pasted, what is to become of each part of it, the draft, and back.

* `parts`: what a person makes of the blocks of a file; `editing`: changing, splitting and joining them; `moving`: elsewhere
* `mending`: broken copy of the parts, and the click that puts it right; `standing`: what they make as things are
* `storing`: a file, read and kept until it is a draft; `carrying`: choices of an earlier import, for a corrected file
* `rights`: who may
* `making`: the draft; `undoing`: taking it back, or throwing away a file that is none yet
* `kinds`: kinds of parts, their letters and names; `showing`: both sides of each part, for the screen
* `forms`, `receiving`, `uploading`, `views`, `pictures`: the screens; `menus`: what leads there
* `forgetting`: a job of the scheduler
"""
