"""The editors' pages: the queue, one page a declaration, editions, print for the press."""

from flask import Blueprint

blueprint = Blueprint("staff", __name__, url_prefix="/staff")
