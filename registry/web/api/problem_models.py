"""Refusals, as the description of the API says them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from registry.web.api.parameters import CODES, OneOf
from registry.web.i18n import gettext_noop as _n


class Fault(BaseModel):
    """What is wrong with one part of a request."""

    model_config = ConfigDict(title=_n("What is wrong with one part of a request"))

    name: Annotated[str, Field(description=_n("The parameter or field; `numbers[3]` is the fourth of a list."))]
    place: Annotated[
        Literal["query", "path", "body"], Field(alias="in", description=_n("The part of the request where it stands."))
    ]
    code: Annotated[str, OneOf(tuple(CODES)), Field(description=_n("The reason for programs; it stays the same."))]
    detail: Annotated[str, Field(description=_n("What to send instead, in the language of the request."))]
    suggestion: Annotated[
        str | None, Field(description=_n("The name or value that was probably meant; often left out."))
    ] = None


class Problem(BaseModel):
    """A refusal (RFC 9457)."""

    model_config = ConfigDict(title=_n("A refusal"))

    type: Annotated[
        str, Field(description=_n("The sort of refusal: the address of its paragraph on this page. It stays the same."))
    ]
    title: Annotated[str, Field(description=_n("The sort of refusal in words, in the language of the request."))]
    status: Annotated[int, Field(ge=400, le=599, description=_n("The status of the answer."))]
    detail: Annotated[str, Field(description=_n("What to do about it, in the language of the request."))]
    errors: Annotated[
        list[Fault] | None, Field(description=_n("What has to be changed, part by part; not of every refusal."))
    ] = None
