"""Eight weeks of a registry, told through its own services on the days on which they happened.

Everything that happens is an event with its moment, and the clock stands at that moment while it does; so the history
reads as if it had been lived, and ids, editions and queues are in the order of real ones.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from registry import clock
from registry.cli.demo import words
from registry.cli.demo.papers import Papers
from registry.db.tables import Declaration
from registry.declarations import drafts, editions, service
from registry.declarations.entries import DeclarationEntry
from registry.declarations.proofs import About
from registry.declarations.records import Reveal, statement_of
from registry.declarations.states import DECLARANT, Actor, change_status
from registry.kinds import Grade
from registry.web.public.declare.answers import DraftAnswers, answers_of_entry

DAYS: Final = 56
FEWEST: Final = 60
OUT_AT: Final = time(6, 30)
# What becomes of declarations, in turn; those that are not named here are simply published.
_CYCLE: Final = 40
_FATES: Final = {
    2: "amended",
    5: "withdrawn",
    8: "doubtful",
    11: "corrected",
    14: "returned",
    17: "impossible",
    19: "reworded",
    22: "rejected",
    25: "doubtful",
    28: "given up",
    30: "again",
    33: "moved",
    36: "withdrawn",
    38: "amended",
}
_QUEUE: Final = ("plain", "doubtful", "again", "plain", "impossible")
_SLIPS: Final = {"doubtful": Grade.DOUBTFUL, "impossible": Grade.IMPOSSIBLE}

Act = Callable[[], None]


@dataclass(frozen=True, slots=True, order=True)
class _Event:
    moment: datetime
    number: int
    act: Act = field(compare=False)


class Story:
    """Tells the story into a session: the same words for the same `rng`, number of declarations and moment."""

    def __init__(self, session: Session, rng: Random, editors: tuple[Actor, ...], *, zone: str) -> None:
        self._session = session
        self._rng = rng
        self._editors = editors
        self._zone = ZoneInfo(zone)
        self._papers = Papers(rng)
        self._end = clock.now().astimezone(self._zone)
        self._events: list[_Event] = []
        self._count = itertools.count()
        self._published: list[tuple[Declaration, DeclarationEntry]] = []

    def tell(self, count: int) -> Iterator[date]:
        """Let `count` declarations and all that follows from them happen; yield the day of each event."""
        first = self._end - timedelta(days=DAYS)
        for offset in range(2, DAYS + 1):
            day = first.date() + timedelta(days=offset)
            if _is_working(day):
                self._plan(datetime.combine(day, OUT_AT, self._zone), partial(self._publish, day))
        waiting, accepted = max(5, count // 20), max(3, count // 40)
        # The queue of a good desk is of yesterday and today; what came before is in the editions.
        recent, last = self._end - timedelta(hours=30), self._end - timedelta(hours=1)
        moments = sorted(self._some_moment(first, recent) for _ in range(count - waiting - accepted))
        moments += sorted(self._some_moment(recent, last) for _ in range(waiting + accepted))
        for place, moment in enumerate(moments):
            from_end = count - 1 - place
            if from_end < waiting:
                act = partial(self._hand_in, _QUEUE[from_end % len(_QUEUE)], self._leave)
            elif from_end < waiting + accepted:
                act = partial(self._hand_in, "plain", self._accept_for_next)
            elif place in (count // 3, count // 2):
                act = partial(self._hand_in, "contested", self._await_review)
            else:
                act = partial(self._hand_in, _FATES.get(place % _CYCLE, "plain"), self._await_review)
            self._plan(moment, act)
        self._plan(self._end - timedelta(minutes=50), self._file_last_requests)
        for days in (40, 33, 12, 5, 1):
            self._plan(self._end - timedelta(days=days, hours=1), self._begin_draft)
        while self._events:
            event = heapq.heappop(self._events)
            with clock.at(event.moment):
                event.act()
            yield event.moment.date()

    # The declarants

    def _begin_draft(self) -> None:
        """Begin what nobody finished: its token is in no browser, and erase-expired will find it."""
        answers = answers_of_entry(self._papers.entry(self._today()))
        if self._rng.random() < 0.5:
            answers = DraftAnswers(documents=answers.documents)
        drafts.begin(self._session, answers.to_json())

    def _hand_in(self, fate: str, then: Callable[[Declaration, DeclarationEntry, str], None]) -> None:
        entry = self._papers.entry(self._today(), _SLIPS.get(fate))
        if fate == "again":
            # What has no number cannot be found to be declared already.
            known = [old for _, old in self._published if any(document.numbers for document in old.documents)]
            entry = self._rng.choice(known or [entry])
        then(service.submit(self._session, entry, day=self._today()), entry, fate)

    def _amend(self, declaration: Declaration, entry: DeclarationEntry) -> None:
        amended = self._papers.with_new_numbers(entry)
        service.resubmit(self._session, declaration, amended, day=self._today())
        self._await_review(declaration, amended, "plain")

    def _ask_correction(
        self, declaration: Declaration, entry: DeclarationEntry, then: Callable[..., None] | None = None
    ) -> None:
        corrected = self._papers.with_new_numbers(entry)
        about = About(declaration, "correction")
        correction = service.submit(self._session, corrected, day=self._today(), about=about)
        (then or self._await_review)(correction, corrected, "plain")

    def _ask_withdrawal(
        self, declaration: Declaration, entry: DeclarationEntry, then: Callable[..., None] | None = None
    ) -> None:
        reason = self._rng.choice(words.FOUND)
        withdrawal = service.file_withdrawal(
            self._session, declaration, actor=DECLARANT, day=self._today(), reason=reason
        )
        (then or self._await_review)(withdrawal, entry, "plain")

    def _file_last_requests(self) -> None:
        """A correction and a withdrawal of published declarations wait in the queue."""
        open_ones = [pair for pair in self._published if pair[0].status == "published" and not pair[0].followers]
        for ask, (declaration, entry) in zip(
            (self._ask_correction, self._ask_withdrawal), reversed(open_ones), strict=False
        ):
            ask(declaration, entry, self._leave)

    # The editors

    def _leave(self, _declaration: Declaration, _entry: DeclarationEntry, _fate: str) -> None:
        """It stays in the queue."""

    def _accept_for_next(self, declaration: Declaration, entry: DeclarationEntry, _fate: str) -> None:
        """Accept it late enough for the first edition that is not out yet."""
        moment = max(self._here(), self._end - timedelta(minutes=self._rng.randrange(5, 300)))
        self._plan(moment, partial(self._accept, declaration, entry, "plain", after=self._end.date()))

    def _await_review(self, declaration: Declaration, entry: DeclarationEntry, fate: str) -> None:
        acts: dict[str, Callable[..., None]] = {
            "amended": self._return,
            "returned": self._return,
            "rejected": self._reject,
            "given up": self._give_up,
            "reworded": self._reword,
            "moved": self._move,
        }
        self._plan(self._next_office_hour(), partial(acts.get(fate, self._accept), declaration, entry, fate))

    def _accept(
        self, declaration: Declaration, entry: DeclarationEntry, fate: str, *, after: date | None = None
    ) -> None:
        day = self._take_in(declaration, after or self._today())
        later: dict[str, Callable[..., None]] = {
            "corrected": self._ask_correction,
            "withdrawn": self._ask_withdrawal,
            "contested": self._contest,
        }
        if fate in later:
            moment = datetime.combine(day, time(10, 12), self._zone) + timedelta(days=self._rng.randrange(2, 8))
            self._plan(moment, partial(later[fate], declaration, entry))
        if declaration.nature == "loss":
            out = datetime.combine(day, OUT_AT, self._zone) + timedelta(minutes=1)
            self._plan(out, partial(self._published.append, (declaration, entry)))

    def _take_in(self, declaration: Declaration, after: date) -> date:
        """Approve it for the next edition after a day; return the day of that."""
        day = _next_working_day(after)
        actor, version = self._editor(), declaration.version
        service.approve(self._session, declaration, day=day, today=self._today(), actor=actor, version=version)
        return day

    def _return(self, declaration: Declaration, entry: DeclarationEntry, fate: str) -> None:
        reason = self._rng.choice(words.RETURNED)
        actor, version = self._editor(), declaration.version
        service.return_to_declarant(self._session, declaration, reason=reason, actor=actor, version=version)
        if fate == "amended":
            moment = self._here() + timedelta(hours=self._rng.uniform(2, 50))
            self._plan(moment, partial(self._amend, declaration, entry))

    def _reject(self, declaration: Declaration, _entry: DeclarationEntry, _fate: str) -> None:
        reason = self._rng.choice(words.REJECTED)
        service.reject(self._session, declaration, reason=reason, actor=self._editor(), version=declaration.version)

    def _give_up(self, declaration: Declaration, _entry: DeclarationEntry, _fate: str) -> None:
        reason = self._rng.choice(words.FOUND)
        service.withdraw_unpublished(self._session, declaration, actor=DECLARANT, day=self._today(), reason=reason)

    def _reword(self, declaration: Declaration, entry: DeclarationEntry, fate: str) -> None:
        sentence = statement_of(self._session, declaration, Reveal.FULL).replace(*words.CARELESS, 1)
        service.correct_wording(
            self._session, declaration, text=sentence, actor=self._editor(), version=declaration.version
        )
        self._accept(declaration, entry, fate)

    def _move(self, declaration: Declaration, entry: DeclarationEntry, fate: str) -> None:
        """Take it into an edition, out again, and in again."""
        self._take_in(declaration, self._today())
        service.take_back(self._session, declaration, actor=self._editor(), version=declaration.version)
        self._accept(declaration, entry, fate)

    def _contest(self, declaration: Declaration, _entry: DeclarationEntry) -> None:
        reason = self._rng.choice(words.CONTESTED)
        change_status(self._session, declaration, "contested", actor=self._editor(), action="contested", reason=reason)

    def _publish(self, day: date) -> None:
        edition = editions.get_edition(self._session, day)
        if edition is not None and editions.list_column(self._session, edition, statuses=("approved",)):
            editions.publish(self._session, day=day, today=day, actor=self._editors[0])

    def _editor(self) -> Actor:
        return self._rng.choice(self._editors)

    # The calendar

    def _plan(self, moment: datetime, act: Act) -> None:
        """Let something happen; what lies in the future has not happened yet."""
        if moment <= self._end:
            heapq.heappush(self._events, _Event(moment, next(self._count), act))

    def _here(self) -> datetime:
        return clock.now().astimezone(self._zone)

    def _today(self) -> date:
        return self._here().date()

    def _some_moment(self, first: datetime, last: datetime) -> datetime:
        """A moment at which people are awake, seldom on a weekend."""
        while True:
            moment = first + self._rng.random() * (last - first)
            if 7 <= moment.hour < 23 and (_is_working(moment.date()) or self._rng.random() < 0.35):
                return moment

    def _next_office_hour(self) -> datetime:
        """When an editor gets to it: within hours on a working day, or else on the next."""
        here = self._here() + timedelta(hours=self._rng.uniform(0.5, 5))
        if _is_working(here.date()) and 9 <= here.hour < 17:
            return here
        day = here.date() if _is_working(here.date()) and here.hour < 9 else _next_working_day(here.date())
        return datetime.combine(day, time(9), self._zone) + timedelta(minutes=self._rng.randrange(300))


def _is_working(day: date) -> bool:
    return day.weekday() < 5


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not _is_working(day):
        day += timedelta(days=1)
    return day
