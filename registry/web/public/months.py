"""The calendar of editions: a month as a table of weeks, and the way to every other month."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date

from babel.dates import format_skeleton, get_day_names, get_month_names
from flask import render_template

from registry.declarations import calendar
from registry.declarations.calendar import Around
from registry.declarations.editions import EditionCount
from registry.web.i18n import LOCALES, reader_language
from registry.web.rendering import today
from registry.web.sessions import db


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month with its edition, if it has one."""

    day: date
    found: EditionCount | None


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year shown, and how many editions it has."""

    month: date
    name: str
    editions: int


def month_page(month: date) -> str:
    """Return the page of a month; `month` is its first day."""
    locale = LOCALES[reader_language()]
    names = get_day_names("abbreviated", locale=locale)
    found = calendar.list_month(db(), month)
    around = calendar.find_around(db(), month)
    return render_template(
        "public/editions.html",
        month=month,
        name=format_skeleton("yMMMM", month, locale=locale),
        weekdays=[names[day] for day in range(7)],
        weeks=weeks_of(month, found),
        editions=len(found),
        declarations=sum(one.declarations for one in found),
        around=around,
        older=_if_it_has_more(calendar.month_before(month), around),
        newer=_if_it_has_more(calendar.month_after(month), around),
        months=_months_of(month.year),
        years=_years_of(month, around),
    )


def weeks_of(month: date, found: list[EditionCount]) -> list[list[Day | None]]:
    """Return the weeks of a month, Monday first; None for the days of other months."""
    by_day = {one.edition.day: one for one in found}
    return [
        [Day(day, by_day.get(day)) if day.month == month.month else None for day in week]
        for week in Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
    ]


def _if_it_has_more(month: date, around: Around) -> date | None:
    """Return a month between the first edition and the last one or today, of which there is something to see."""
    first, last = around.first or today(), max(around.last or today(), today())
    return month if calendar.month_of(first) <= month <= last else None


def _months_of(year: int) -> list[Month]:
    counts = calendar.count_editions(db(), year)
    names = get_month_names("abbreviated", context="stand-alone", locale=LOCALES[reader_language()])
    return [Month(date(year, number, 1), names[number], counts.get(number, 0)) for number in range(1, 13)]


def _years_of(month: date, around: Around) -> list[date]:
    """Return this month of each year that may have editions, newest first; the nearest one that may, at both ends."""
    if around.first is None or around.last is None:
        return []
    first, last = calendar.month_of(around.first), calendar.month_of(around.last)
    same = (month.replace(year=year) for year in range(last.year, first.year - 1, -1))
    return [min(max(one, first), last) for one in same]
