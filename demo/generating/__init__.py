"""Content that says that it is made up, in any amount, for trying out how the portal copes with it."""
