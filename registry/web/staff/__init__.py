"""The editors' pages: the queue, one page a declaration, editions, print for the press, keys of programs."""

from registry.web.staff import editions, keys, prints, queue, review, wording
from registry.web.staff.blueprint import staff

__all__ = ["editions", "keys", "prints", "queue", "review", "staff", "wording"]
