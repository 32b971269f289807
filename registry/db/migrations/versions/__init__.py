"""One file a revision, raw operations, no help from the code: they have to run in years to come."""
