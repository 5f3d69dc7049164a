"""Files as people send them: whether they are what their names say, and what of them readers get.

* `documents`: the content of a document agrees with the ending of its name
* `pictures`: a picture can be shown; readers get its pixels and nothing else
"""
