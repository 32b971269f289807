"""Fields of the declaration forms, forgiving in what they take and clear in what they ask for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of an older release
from wtforms.validators import ValidationError

from registry.text import fold, squeeze
from registry.web.forms import UNSHOWABLE, PlainField
from registry.web.i18n import gettext as _
from registry.web.rendering import today

EARLIEST_LOSS = date(1980, 1, 1)

_WRITTEN_DAY = re.compile(r"(\d{4})\s*[年\-/.,\s]\s*(\d{1,2})\s*[月\-/.,\s]\s*(\d{1,2})\s*[日号]?")
_THIS_YEARS_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_CLOSED_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAYS_AGO = {"今天": 0, "今日": 0, "TODAY": 0, "昨天": 1, "昨日": 1, "YESTERDAY": 1, "前天": 2}

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))(\d{7,8})")
_SERVICE_LINE = re.compile(r"([48]00)(\d{3})(\d{4})")
_WITHOUT_AREA = re.compile(r"[2-8]\d{6,7}")
_ABROAD = re.compile(r"\+(?!86)[1-9]\d{6,14}")
_EXTENSION = re.compile(r"(?:转|分机|EXT\.?|X|#|(?<=\d{7})-)\s*(\d{1,6})$")

# Local part and domain as mail systems really use them; whether anybody reads there only a letter can tell.
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


def option(value: str, label: Any) -> Any:
    """Return one choice of a radio group or a select."""
    return SelectChoice(value, label)


class Tick(StringField):
    """A box that carries a value; not ticked, it is empty, whatever it was before."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = str(valuelist[0]) if valuelist else ""


class OneOf(RadioField):
    """Radio buttons whose complaint about a value that was never offered is an instruction."""

    def pre_validate(self, form: Any) -> None:
        _offered(super(), form)


class Selected(SelectField):
    """A select whose complaint about a value that was never offered is an instruction."""

    def pre_validate(self, form: Any) -> None:
        _offered(super(), form)


class DayField(DateField):
    """A day: from the browser's calendar, or typed in any of the usual ways."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = squeeze(" ".join(valuelist)) if valuelist else ""
        if not text:
            self.data = None
            return
        self.data = parse_day(text, today())
        if self.data is None:
            raise ValueError(_("Enter the day as year, month and day, such as 2024-03-18"))

    def _value(self) -> str:
        # A browser's calendar shows nothing but this spelling.
        return self.data.isoformat() if self.data else UNSHOWABLE.sub("", " ".join(self.raw_data or ()))


class LossDay:
    """A day on which something can have been lost."""

    def __call__(self, _form: Any, field: DateField) -> None:
        if field.data and field.data > today():
            raise ValidationError(_l("Enter a day that is not in the future"))
        if field.data and field.data < EARLIEST_LOSS:
            raise ValidationError(_l("Check the year: it has to be 1980 or later"))


class Telephone:
    """A telephone number; puts its tidy spelling in the place of what was typed."""

    def __call__(self, _form: Any, field: PlainField) -> None:
        text = field.data or ""
        number = parse_phone(text)
        if number:
            field.data = number
        elif _WITHOUT_AREA.fullmatch(_digits(text)):
            raise ValidationError(_l("Put the area code before the number, such as 0353-2296123"))
        else:
            raise ValidationError(
                _l("Enter a telephone number, such as 13800138000 or 0353-2296123; begin one from abroad with +")
            )


class EmailAddress:
    """The form of an e-mail address; nothing is sent there to try it."""

    def __call__(self, _form: Any, field: PlainField) -> None:
        field.data = fold_email(field.data or "")
        if len(field.data) > 254 or not _EMAIL.fullmatch(field.data):
            raise ValidationError(_l("Enter an e-mail address with an @ and a dot, such as name@example.com"))


def parse_day(text: str, now: date) -> date | None:
    """Return the day that somebody wrote: 2024-03-18, 2024年3月18日, 2024/3/18, 20240318, 3月18日, 昨天; else None.

    A day without its year is the last one of that name.
    """
    folded = fold(text).strip()
    if folded in _DAYS_AGO:
        return now - timedelta(days=_DAYS_AGO[folded])
    try:
        if match := _WRITTEN_DAY.fullmatch(folded) or _CLOSED_DAY.fullmatch(folded):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _THIS_YEARS_DAY.fullmatch(folded):
            day = date(now.year, int(match[1]), int(match[2]))
            return day if day <= now else day.replace(year=now.year - 1)
    except ValueError:
        pass
    return None


def parse_phone(text: str) -> str | None:
    """Return a telephone number in one spelling, None if it is none.

    Mobile numbers close up; landlines as area code (010, 02x, 03xx to 09xx), hyphen, number; an extension behind 转.
    Chinese numbers lose their +86, others keep their +.
    """
    folded = fold(text).strip()
    extension = ""
    if match := _EXTENSION.search(folded):
        extension, folded = f"转{match[1]}", folded[: match.start()]
    digits = _digits(folded)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if _ABROAD.fullmatch(digits):
        return digits + extension
    if digits.startswith("+86") or re.fullmatch(r"861\d{10}", digits):
        digits = digits.lstrip("+")[2:]
        # Dialled from abroad, an area code loses its 0.
        return _domestic(digits, extension) or _domestic("0" + digits, extension)
    return _domestic(digits, extension)


def _domestic(digits: str, extension: str) -> str | None:
    if _MOBILE.fullmatch(digits):
        return digits + extension
    if match := _LANDLINE.fullmatch(digits):
        return f"{match[1]}-{match[2]}{extension}"
    if match := _SERVICE_LINE.fullmatch(digits):
        return "-".join(match.groups()) + extension
    return None


def fold_email(text: str) -> str:
    """Return an address in half-width characters, without blanks; upper and lower case stay."""
    wide = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    return re.sub(r"\s", "", text.translate({**wide, ord("。"): "."}))


def _digits(text: str) -> str:
    folded = fold(text)
    plus = "+" if folded.strip().startswith(("+", "(+")) else ""
    rest = re.sub(r"[\s\-().·/+]", "", folded)
    return plus + rest if rest.isascii() and rest.isdigit() else ""


def _offered(field: Any, form: Any) -> None:
    try:
        field.pre_validate(form)
    except ValidationError as error:
        raise ValidationError(_l("Choose one of the answers shown")) from error
