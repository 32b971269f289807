"""The pages for everybody: check, browse, editions, print; declaring; following one's own declaration."""

from registry.web.public.blueprint import declare, follow, public

blueprints = (public, declare, follow)
