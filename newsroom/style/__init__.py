"""House style (错敏词与规范用语): what is built in, and the rules that editors keep. Precision comes first: what may be right is
left alone.

* `slips`: a place of a text that breaks a rule, and patterns that find it
* `punctuation` (GB/T 15834), `numbers` (GB/T 15835), `hedges`, `offices`, `near_words`; `built_in`: all of them
* `rules`: the rules of the editors, as they are looked for (the model is in `newsroom.models.style`)
* `passages`: the paragraphs of a story, looked through and changed; `checks`: the list before publishing; `wording`: in words
* `exchange`: rules as CSV; `views`: their admin; `data`: those that the portal begins with
"""
