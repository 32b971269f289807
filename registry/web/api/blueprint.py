"""The blueprint of the programs' door, and with it the version that its addresses promise to keep."""

from flask import Blueprint

api = Blueprint("api", __name__, url_prefix="/v1")
