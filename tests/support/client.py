"""A test client that judges every page it gets, and fills in forms the way a browser does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.support.judge import ORIGIN, judge, text_of


class JudgingClient(FlaskClient):
    """Every HTML answer is judged. `page` and `url` are those of the last one.

    `get_page` and `submit` return the page as BeautifulSoup after following redirects; `response` is the whole answer.
    """

    page: BeautifulSoup
    url: str = "/"
    response: TestResponse

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        self.response = response
        if (
            response.mimetype == "text/html"
            and response.request.method != "HEAD"
            and not 300 <= response.status_code < 400
        ):
            self.url = _local(response.request.url)
            self.page = judge(response, self.application, self.url)
        return response

    def get_page(self, url: str, *, status: int = 200, **kwargs: Any) -> BeautifulSoup:
        """Open a page as a reader does, redirects followed; fails unless it comes with `status`."""
        return self._arrived(self.get(url, follow_redirects=True, **kwargs), status)

    def glance(self, url: str) -> BeautifulSoup:
        """Open a large page that other tests judge, only to go on from it; that takes a third of the time."""
        self.response = super().open(url)
        assert self.response.status_code == 200, url
        self.url = url
        self.page = BeautifulSoup(self.response.get_data(as_text=True), "html.parser")
        return self.page

    def submit(
        self,
        form: str = "main form[method=post]",
        data: Mapping[str, Any] | None = None,
        *,
        button: str | None = None,
        unchecked: Mapping[str, str | Sequence[str]] | None = None,
        status: int | Sequence[int] = 200,
    ) -> BeautifulSoup:
        """Fill in and send a form of the present page, keeping what it already holds (the CSRF token with it).

        Args:
            form: a CSS selector; the first match is sent.
            data: by field name: a text, True/False for a box, a list for several boxes, None to leave a field empty.
                A field or a choice that the page does not offer fails the test, as a reader could not choose it.
            button: words of the button to press; the form's first one unless said.
            unchecked: values to send though no browser would, by field name.
            status: what the page that comes back must have, or one of what.
        """
        found = self.page.select_one(form)
        assert found is not None, f"{self.url} has no {form}"
        values = _successful(found, button)
        for name, answer in (data or {}).items():
            _fill(found, values, name, answer)
        for name, raw in (unchecked or {}).items():
            values.setlist(name, [raw] if isinstance(raw, str) else list(raw))
        target = urljoin(ORIGIN + self.url, str(found.get("action") or self.url))
        local = _local(target)
        if str(found.get("method", "get")).lower() == "post":
            return self._arrived(self.post(local, data=values, follow_redirects=True), status)
        return self._arrived(self.get(local.partition("?")[0], query_string=values, follow_redirects=True), status)

    def follow(self, link: str, *, status: int = 200) -> BeautifulSoup:
        """Click the link with these words (or part of them) on the present page."""
        for anchor in self.page.select("a[href]"):
            if link in text_of(anchor):
                return self.get_page(_local(urljoin(ORIGIN + self.url, str(anchor["href"]))), status=status)
        raise AssertionError(f"{self.url} has no link {link!r}")

    def csrf_token(self, url: str) -> str:
        """The token of a form on `url`, for posting what no form would send."""
        token = self.get_page(url).select_one("input[name=csrf_token]")
        assert token is not None, f"{url} has no form with a csrf_token"
        return str(token["value"])

    def _arrived(self, response: TestResponse, status: int | Sequence[int]) -> BeautifulSoup:
        url = _local(response.request.url)
        allowed = [status] if isinstance(status, int) else status
        assert response.status_code in allowed, f"{url} answered {response.status}: {self._said(response)}"
        assert response.mimetype == "text/html", f"{url} answered {response.mimetype}"
        return self.page

    def _said(self, response: TestResponse) -> str:
        main = self.page.select_one("main") if response.mimetype == "text/html" else None
        return text_of(main)[:300] if main else response.get_data(as_text=True)[:300]


def _local(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _controls(form: Tag) -> list[Tag]:
    return [
        control
        for control in form.select("input[name], select[name], textarea[name]")
        if not control.has_attr("disabled") and not control.find_parent("fieldset", disabled=True)
    ]


def _successful(form: Tag, button: str | None) -> MultiDict[str, str]:
    values: MultiDict[str, str] = MultiDict()
    for control in _controls(form):
        name, kind = str(control["name"]), str(control.get("type", "text"))
        if control.name == "select":
            for option in _selected(control):
                values.add(name, _value(option))
        elif control.name == "textarea":
            values.add(name, control.get_text().removeprefix("\n"))
        elif kind in {"checkbox", "radio"}:
            if control.has_attr("checked"):
                values.add(name, str(control.get("value", "on")))
        elif kind not in {"submit", "button", "reset", "image", "file"}:
            values.add(name, str(control.get("value", "")))
    pressed = _button(form, button)
    if pressed is not None and pressed.get("name"):
        values.add(str(pressed["name"]), str(pressed.get("value", "")))
    return values


def _selected(select: Tag) -> list[Tag]:
    chosen = select.select("option[selected]")
    return chosen or ([] if select.has_attr("multiple") else select.select("option")[:1])


def _value(option: Tag) -> str:
    return str(option["value"]) if option.has_attr("value") else text_of(option)


def _button(form: Tag, words: str | None) -> Tag | None:
    buttons = form.select("button:not([type=button]):not([type=reset]), input[type=submit]")
    if words is None:
        return buttons[0] if buttons else None
    for candidate in buttons:
        if words in text_of(candidate) or words == candidate.get("value"):
            return candidate
    raise AssertionError(f"the form has no button {words!r}, only {[text_of(b) for b in buttons]}")


def _fill(form: Tag, values: MultiDict[str, str], name: str, answer: Any) -> None:
    controls = [control for control in _controls(form) if control["name"] == name]
    known = sorted({str(control["name"]) for control in _controls(form)})
    assert controls, f"the form has no field {name!r}, only {known}"
    first, kind = controls[0], str(controls[0].get("type", "text"))
    if answer is None:
        answer = [] if first.name == "select" or kind in {"checkbox", "radio"} else ""
    if isinstance(answer, bool):
        assert kind == "checkbox", f"{name!r} is not a box to tick"
        answer = [str(first.get("value", "on"))] if answer else []
    answers = [answer] if isinstance(answer, str) else [str(one) for one in answer]
    if first.name == "select":
        offered = {_value(option) for option in first.select("option")}
    elif kind in {"checkbox", "radio"}:
        offered = {str(control.get("value", "on")) for control in controls}
    else:
        offered = set(answers)
    missing = [one for one in answers if one not in offered]
    assert not missing, f"{name!r} does not offer {missing}, only {sorted(offered)}"
    values.setlist(name, answers)
