"""Declarations: their states, what may be done with them, and how they are read."""
