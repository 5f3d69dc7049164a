"""Nobody overwrites unawares what somebody else has saved since a form was loaded.

Every edit form takes along what was stored when it was loaded. A form that is sent after somebody else's save is
answered with 409 and the three versions of what differs: loaded, theirs, mine. The editor chooses, and gets an edit form
filled in accordingly, which is not saved yet.

* `versions`: what a form holds, as it is stored, as it was loaded and as it was sent
* `loaded`: what a form takes along
* `merging`: which parts differ, and the parts that are chosen put together
* `words`: a part of a form as text, to be read and compared
* `refilling`: a form filled in with the parts that were chosen
* `answers`: the page that asks
* `unsent`: what was typed, where there is no form any more to show it in
* `guard`: how all edit views come to have this
"""
