"""What Alembic compares with the models; the rest is made by hand, because SQLModel has no words for it."""

SEARCH_OBJECTS = ("search_index", "ix_search_document_vector")


def is_ours(name: str | None) -> bool:
    """Whether a table or index of this name is described by the models."""
    return not (name or "").startswith(SEARCH_OBJECTS)
