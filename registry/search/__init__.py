"""Finding: the check of a number, the text search, the public list."""
