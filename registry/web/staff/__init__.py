"""The editors' pages: the queue, one page a declaration, editions, print for the press."""

from registry.web.staff import editions, prints, queue, review, wording
from registry.web.staff.blueprint import staff

__all__ = ["editions", "prints", "queue", "review", "staff", "wording"]
