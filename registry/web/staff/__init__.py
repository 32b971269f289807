"""The editors' pages: the queue, one page a declaration, editions, print for the press, keys of programs."""

from registry.web.staff import closing, comparing, editions, keys, prints, queue, review, wording
from registry.web.staff.blueprint import staff

__all__ = ["closing", "comparing", "editions", "keys", "prints", "queue", "review", "staff", "wording"]
