"""Hypothesis without a stopwatch: a busy machine must not fail a test about numbers."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
