"""The pages for everybody: check, browse, editions, print; declaring; following one's own declaration."""

# A package and a module may bear the name of a blueprint, so the blueprints are taken from their module.
from registry.web.public import (  # noqa: F401
    blueprint,
    browse,
    check,
    editions,
    exports,
    feed,
    follow,
    follow_prints,
    help,  # noqa: A004
    open_data,
    pages,
    prints,
    programs,
    publications,
    receipts,
)
from registry.web.public import declare as _declare_pages  # noqa: F401
from registry.web.public import file as _file_pages  # noqa: F401

blueprints = (blueprint.public, blueprint.declare, blueprint.file, blueprint.follow, blueprint.receipts)
