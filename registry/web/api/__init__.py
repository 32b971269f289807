"""The programs' door: JSON in, JSON out, in an application of its own.

Nobody signs in here and nothing is remembered between two requests, so none of what pages need stands in the way:
sessions, tokens, accounts, templates. A program that checks numbers all day is answered in half the time for it.
"""

from registry.web.api.application import create
from registry.web.api.blueprint import PREFIX

__all__ = ["PREFIX", "create"]
