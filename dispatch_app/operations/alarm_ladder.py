"""The ladder of alarms: what rings at which moment, and what stands until somebody has heard it.

Pure: watches, answers and moments in, rings out. Times: epoch seconds UTC. A watch is anything that falls
due (a clock of a fault, a promise to call back); its next moments wait in a heap. An alarm is one rung of
one watch with one due moment, so nothing rings twice and a correction that moves the due moment arms it
again by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from heapq import heapify, heappop, heappush

PROMISE = "promise"
"""In place of a `ClockName` where what falls due is a promise to ring back."""


class Rung(IntEnum):
    """Ordered: a larger one is graver. `SOON` colours and is silent, the others are heard once."""

    SOON = 1
    LAST_CALL = 2
    BREACHED = 3

    @property
    def word(self) -> str:
        """As it is kept in the database."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class AlarmKey:
    """What one answer silences. `clock`: a `ClockName`, or `PROMISE`."""

    subject_id: str
    cycle: int
    clock: str
    rung: Rung
    due_at: int


Base = tuple[str, int, str, int]
"""Subject, cycle, clock, due moment: a watch whatever its thresholds."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Something that falls due.

    Attributes:
        subject_id: A fault's id, or a promise's.
        label: What is said of it, in Chinese ("A-0007 到场").
        over_at: The first moment at which it is too late: `due_at` itself or the second after.
        soon_s, last_call_s: Seconds before `due_at`.
        fault_id: The fault to look at; empty for none.
        grave: Of two on one rung the larger comes first.
        costs: What being late costs, in Chinese; `stops`: what stops it.
    """

    subject_id: str
    label: str
    clock: str
    due_at: int
    over_at: int
    soon_s: int
    last_call_s: int
    cycle: int = 1
    fault_id: str = ""
    grave: int = 0
    costs: str = ""
    stops: str = ""

    @property
    def base(self) -> Base:
        return (self.subject_id, self.cycle, self.clock, self.due_at)

    def key(self, rung: Rung) -> AlarmKey:
        return AlarmKey(self.subject_id, self.cycle, self.clock, rung, self.due_at)

    def moment(self, rung: Rung) -> int:
        """When the rung is reached."""
        if rung is Rung.BREACHED:
            return self.over_at
        return self.due_at - (self.last_call_s if rung is Rung.LAST_CALL else self.soon_s)

    def rung_at(self, now: int) -> Rung | None:
        """The gravest rung reached at `now`, None before the first."""
        return next((rung for rung in reversed(Rung) if now >= self.moment(rung)), None)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A watch on a rung: it rings, or it stands. `again`: a last call that nobody has answered."""

    watch: Watch
    rung: Rung
    again: bool = False

    @property
    def key(self) -> AlarmKey:
        return self.watch.key(self.rung)


Entry = tuple[int, AlarmKey, bool]
"""Moment, what rings then, and whether it repeats a last call."""


class Ladder:
    """Remembers what rang and what was answered. Asked once a second; it costs a look at the heap's top."""

    def __init__(self, repeat_s: int = 120) -> None:
        """`repeat_s`: seconds after which an unanswered last call is made once more."""
        self.repeat_s = repeat_s
        self._watches: dict[Base, Watch] = {}
        self._heap: list[Entry] = []
        self._rung: set[AlarmKey] = set()
        self._repeated: set[AlarmKey] = set()
        self._answered: set[AlarmKey] = set()
        self._now = 0

    def watch(self, watches: Iterable[Watch]) -> None:
        """Watch these and nothing else; what is gone neither rings nor stands any more."""
        held, self._watches = self._watches, {watch.base: watch for watch in watches}
        for base, watch in self._watches.items():
            before = held.get(base)
            for rung in Rung:
                if before is None or before.moment(rung) != watch.moment(rung):
                    heappush(self._heap, (watch.moment(rung), watch.key(rung), False))

    def set_answered(self, keys: Iterable[AlarmKey]) -> None:
        """What has been answered so far, as the database knows it."""
        self._answered = set(keys)

    def answer(self, key: AlarmKey) -> None:
        """Silence this rung for good; the next one of the same watch will ring."""
        self._answered.add(key)

    def is_due(self, now: int) -> bool:
        """Whether `look` may have something to tell: a moment has come, or time went back."""
        return now < self._now or bool(self._heap and self._heap[0][0] <= now)

    def look(self, now: int) -> tuple[Alarm, ...]:
        """What rings now, the gravest first: of each watch its gravest rung alone, however many were passed
        since the last look."""
        if now < self._now:
            self._go_back(now)
        self._now = now
        ringing: list[Alarm] = []
        while self._heap and self._heap[0][0] <= now:
            moment, key, again = heappop(self._heap)
            alarm = self._alarm(moment, key, now, again=again)
            if alarm is not None:
                ringing.append(alarm)
                if key.rung is Rung.LAST_CALL and not again:
                    heappush(self._heap, (now + self.repeat_s, key, True))
        return tuple(sorted(ringing, key=_worst_first))

    def standing(self, now: int) -> tuple[Alarm, ...]:
        """What was heard and nobody has answered, the worst first; `SOON` only colours and never stands."""
        found = []
        for watch in self._watches.values():
            rung = watch.rung_at(now)
            if rung is not None and rung is not Rung.SOON and watch.key(rung) not in self._answered:
                found.append(Alarm(watch, rung, watch.key(rung) in self._repeated))
        return tuple(sorted(found, key=_worst_first))

    def _alarm(self, moment: int, key: AlarmKey, now: int, *, again: bool) -> Alarm | None:
        """What an entry of the heap has come to: None where it was overtaken, answered or rang before."""
        watch = self._watches.get((key.subject_id, key.cycle, key.clock, key.due_at))
        if watch is None or (not again and watch.moment(key.rung) != moment):
            return None
        if not again:
            if key in self._rung:
                return None
            self._rung.add(key)
        if key in self._answered or watch.rung_at(now) is not key.rung:
            return None
        if again:
            self._repeated.add(key)
        return Alarm(watch, key.rung, again)

    def _go_back(self, now: int) -> None:
        """The clock was set back: what rang for a moment that is to come again has rung for nothing."""
        moments = {watch.key(rung): watch.moment(rung) for watch in self._watches.values() for rung in Rung}
        self._rung = {key for key in self._rung if moments.get(key, key.due_at) <= now}
        self._repeated &= self._rung
        self._heap = [(moment, key, False) for key, moment in moments.items() if key not in self._rung]
        heapify(self._heap)


def _worst_first(alarm: Alarm) -> tuple[int, int, int, str]:
    return (-alarm.rung, -alarm.watch.grave, alarm.watch.due_at, alarm.watch.label)
