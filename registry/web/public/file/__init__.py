"""A file of numbers: upload it, choose its column, wait, and read what the register says of each row."""

from registry.web.public.file import downloads, pages, uploading  # noqa: F401 (they put their addresses on the blueprint)
