"""Declaring a loss: choose, fill in each document, say who declares, read the proof, hand it in."""

from registry.web.public.declare import choose, declarant, document, proof

__all__ = ["choose", "declarant", "document", "proof"]
