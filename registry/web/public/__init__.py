"""The pages for everybody: check, browse, editions, print; declaring; following one's own declaration."""

# A package and a module may bear the name of a blueprint, so the blueprints are taken from their module.
from registry.web.public import blueprint, browse, check, editions, follow, help, pages, prints  # noqa: A004, F401
from registry.web.public import declare as _declare_pages  # noqa: F401
from registry.web.public import file as _file_pages  # noqa: F401

blueprints = (blueprint.public, blueprint.declare, blueprint.file, blueprint.follow)
