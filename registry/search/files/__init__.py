"""A file of numbers: read, checked number by number, answered as a table, and forgotten.

`formats`, `texts` and `sheets` make rows of what somebody sent, `preview` guesses which column is meant. A file lies,
sealed, in a folder of its own (`folders`), is worked on by processes of its own (`work`), and what came of it is read
with `results`. Nothing here knows of pages.
"""
