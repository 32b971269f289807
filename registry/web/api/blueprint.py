"""The blueprint of the programs' door, and with it the version that its addresses promise to keep."""

from __future__ import annotations

from typing import Final

from flask import Blueprint

PREFIX: Final = "/api"
# A page of the application for people.
DOCUMENTATION: Final = "/docs/api"

api = Blueprint("api", __name__, url_prefix="/v1")
