"""The translators' desk without its screens: what there is to translate, what was written for it, who may do what.

* `originals`: what there is to translate
* `rows`: the segments of an original, each with what was written for it; `progress` counts them
* `earlier`: which earlier translation a segment has, also where a whole text was pasted anew
* `segment_actions`, `translation_actions`: what a translator does to one segment, and to all of them
* `draft_wordings`: which wordings are known, now that a draft was released, taken back or published
* `dismissals`: findings that somebody has judged not to apply
* `reviewing`: who may approve and send back; `sending_back`: sending back; `events`: what others may want to know of
* `cited`: what a text cites, and what of it is not in a language yet; `taking_along`: taking that on
* `assigning`: giving out the work; `comments`: what people say about a segment
* `telling`: who is told of what happens; `notice_kinds`: the kinds of these notices
* `worklist`: what awaits one translator
* `seen`: what somebody saw before approving or publishing it
* `texts`: what people type; `locked_rows`: the rows while they are changed; `errors`: why an action is refused
* `unit_findings`: the checks of `languages.checks` run on a segment of the desk
* `memory`: what was written before for the same words, or similar ones; `imported_memory`: what came from files
* `machine`: machine translation, of which no failure reaches the desk
* `filling`: filling in what is missing, from the memory and by machine
* `corrections`: what people put right in a language that is written automatically
* `chips`: what the tags of a segment stand for; `token_words`: words of a translator's own for a figure or a school
* `special_characters`: what a language is written with and a Chinese keyboard does not have
* `rights`: who may do what
"""
