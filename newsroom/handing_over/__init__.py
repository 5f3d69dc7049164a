"""What waits for one person, such as a reviewer who leaves, and giving it to others.

* `waiting`: what waits for whom: reviews and translations that were given to them, and pages that they have locked
* `giving`: giving it to somebody else, in one act
* `views`: the screen, for those who may publish something
"""
