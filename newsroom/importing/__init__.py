"""From a file to a draft: .docx of Word, WPS and LibreOffice, plain text, pages of HTML and what is pasted.

    document = reader.read(file, name)      raises ImportRefused, whose message is for people
    story = assigning.assign(document)      what each block of the file is in a story; any kind may be changed
    draft = applying.apply(story, user)     a draft in the news, its pictures in the library; all or nothing

Nothing is dropped in silence: `document.findings` and `draft.findings` name what was met and what became of it, and
`wording.finding` says it. docs/importing.md lists what a file can hold.

* `document`: the neutral form: blocks with their places, pictures, findings
* `met`: kinds of findings, reasons of refusals; `wording`: both in words; `limits`: how much a file may ask for
* `reading`: the reader, which runs in a process of its own; `child` runs it; `reader` is the way in
* `captions`, `bylines`: lines that say who made a picture, or a story
* `story`: kinds of blocks, and the fields of the story that they make; `assigning`: which block is what
* `recognised`: schools and figures that its text speaks of
* `stream`: the body as it is stored; `library`: pictures; `applying`: the draft
"""
