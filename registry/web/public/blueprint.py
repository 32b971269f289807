"""The blueprints of the public area, and the modules that put pages on them."""

from flask import Blueprint

public = Blueprint("public", __name__)
declare = Blueprint("declare", __name__, url_prefix="/declare")
follow = Blueprint("follow", __name__, url_prefix="/follow")
receipts = Blueprint("receipts", __name__, url_prefix="/receipts")
