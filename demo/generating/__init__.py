"""Content that says of itself that it is made up, as much as is asked for: to see what the portal does with it."""
