"""Pages that a final reviewer takes from readers at once, and what readers find in their place.

* `acts`: withdrawing, releasing, letting a new version be published
* `returning`: whether what was withdrawn can return as it was
* `rules`: who may, that a reason is given, and that nothing brings back in silence what was withdrawn
* `answers`: what readers get at the address, in every language; programs at that of the open data
* `forms`, `views`, `bulk`: withdrawing and releasing in the admin
* `report`: what is withdrawn
* `privacy`: nothing live is hidden instead
* `buttons`: what leads there, and what the page's form says
"""
