"""The programs' door: JSON in, JSON out."""

from flask import Blueprint

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

from registry.web.api import examine  # noqa: E402, F401 (it puts its address on the blueprint)
