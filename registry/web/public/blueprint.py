"""The blueprints of the public area, and the modules that put pages on them."""

from flask import Blueprint

from registry.web.uploads import PATH as UPLOAD_PATH

public = Blueprint("public", __name__)
declare = Blueprint("declare", __name__, url_prefix="/declare")
file = Blueprint("file", __name__, url_prefix=UPLOAD_PATH)
follow = Blueprint("follow", __name__, url_prefix="/follow")
receipts = Blueprint("receipts", __name__, url_prefix="/receipts")
