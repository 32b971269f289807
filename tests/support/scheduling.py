"""Which tests one worker has together, for what they share is made once in each worker that has one of them."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

# The browser, its servers and their register; a server that many ask; a demonstration that is told once. What has most
# tests begins first, so these are not what the workers end with.
TOGETHER = ("tests/browser/", "tests/integration/test_cli_demo.py", "tests/integration/test_serve.py")


class LoadTogether(LoadScopeScheduling):
    """Each test goes to the worker that is free, but for those that belong together.

    `--dist loadgroup` would be for this, but pytest 9.2 does not let pytest-xdist 3.8 write the groups down.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)
