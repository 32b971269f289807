"""Kinds of document, as the API tells of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from registry.web.api.check_models import Title
from registry.web.i18n import gettext_noop as _n


class Family(BaseModel):
    """Kinds that belong together."""

    model_config = ConfigDict(title=_n("Kinds that belong together"))

    slug: Annotated[str, Field(description=_n("The family in addresses and filters."))]
    title: Annotated[Title, Field(description=_n("What the family is called."))]


class KindSummary(BaseModel):
    """A kind of document, in short."""

    model_config = ConfigDict(title=_n("A kind of document, in short"))

    slug: Annotated[str, Field(description=_n("The kind in addresses and filters; it never changes."))]
    family: Annotated[str, Field(description=_n("The slug of its family."))]
    title: Annotated[Title, Field(description=_n("What the kind is called."))]
    aliases: Annotated[list[str], Field(description=_n("Chinese words that people and notices use for it."))]
    sensitive: Annotated[bool, Field(description=_n("Whether numbers of this kind are sealed and masked."))]


class KindsAnswer(BaseModel):
    """All kinds of document, in the order of the registry's own lists."""

    model_config = ConfigDict(title=_n("All kinds of document"))

    families: Annotated[list[Family], Field(description=_n("The families."))]
    kinds: Annotated[list[KindSummary], Field(description=_n("The kinds."))]


class Rule(BaseModel):
    """A rule that a number may obey."""

    model_config = ConfigDict(title=_n("A rule of numbers"))

    rule: Annotated[str, Field(description=_n("The rule of the number."))]
    title: Annotated[Title, Field(description=_n("What such a number is called."))]
    pattern: Annotated[str, Field(description=_n("What the canonical number looks like, as a regular expression."))]
    certain: Annotated[
        bool,
        Field(description=_n("Whether what breaks the pattern is impossible, because a standard says so.")),
    ]
    sensitive: Annotated[bool, Field(description=_n("Whether such a number is sealed and masked."))]
    source: Annotated[str, Field(description=_n("The law, standard or publication that the rule is from."))]


class NumberOfKind(BaseModel):
    """One number of a document of some kind."""

    model_config = ConfigDict(title=_n("A number of a kind of document"))

    name: Annotated[str, Field(description=_n("Its name in `field` of POST /examine."))]
    labels: Annotated[list[str], Field(description=_n("What notices print before it; the first unless said."))]
    where: Annotated[Title, Field(description=_n("Where it stands on the document."))]
    example: Annotated[str, Field(description=_n("A number of this form that is nobody's."))]
    required: Annotated[bool, Field(description=_n("Whether a declaration needs it."))]
    rules: Annotated[list[Rule], Field(description=_n("What it may obey; the best fit answers."))]


class KindAnswer(KindSummary):
    """A kind of document, with its numbers."""

    model_config = ConfigDict(title=_n("A kind of document"))

    titles: Annotated[list[Title], Field(description=_n("The titles that such documents bear."))]
    free_title: Annotated[bool, Field(description=_n("Whether the declarant writes the title."))]
    issuer: Annotated[Title, Field(description=_n("Who issues it."))]
    measure: Annotated[str, Field(description=_n("The Chinese measure word of such documents."))]
    copies: Annotated[list[str], Field(description=_n("What notices call the copies of it, if it has several."))]
    source: Annotated[str, Field(description=_n("The law, standard or publication that the kind is from."))]
    numbers: Annotated[list[NumberOfKind], Field(description=_n("Its numbers."))]
