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
from operator import itemgetter

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


_GRAVEST_FIRST = tuple(reversed(Rung))


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
        return next((rung for rung in _GRAVEST_FIRST if now >= self.moment(rung)), None)


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


Order = tuple[int, int, int, str]


class Ladder:
    """Remembers what rang and what was answered. Asked once a second; it costs a look at the heap's top.

    What stands is kept and not counted out anew: a click concerns one fault, and hundreds may be watched.
    """

    def __init__(self, repeat_s: int = 120) -> None:
        """`repeat_s`: seconds after which an unanswered last call is made once more."""
        self.repeat_s = repeat_s
        self._watches: dict[Base, Watch] = {}
        self._heap: list[Entry] = []
        self._rung: set[AlarmKey] = set()
        self._repeated: set[AlarmKey] = set()
        self._answered: set[AlarmKey] = set()
        self._now = 0
        self._stands: dict[Base, tuple[Order, Alarm]] = {}
        self._standing: tuple[Alarm, ...] | None = ()

    def watch(self, watches: Iterable[Watch]) -> None:
        """Watch these and nothing else; what is gone neither rings nor stands any more."""
        wanted = {watch.base: watch for watch in watches}
        gone = [watch for base, watch in self._watches.items() if base not in wanted]
        self.change(gone, wanted.values())

    def change(self, gone: Iterable[Watch], come: Iterable[Watch]) -> None:
        """Leave off watching `gone`, and watch `come` in place of what had the same due moment before."""
        coming = {watch.base: watch for watch in come}
        for base in {watch.base for watch in gone} - coming.keys():
            self._watches.pop(base, None)
            self._stand_or_fall(base)
        for base, watch in coming.items():
            before = self._watches.get(base)
            self._watches[base] = watch
            for rung in Rung:
                if before is None or before.moment(rung) != watch.moment(rung):
                    heappush(self._heap, (watch.moment(rung), watch.key(rung), False))
            self._stand_or_fall(base)

    def set_answered(self, keys: Iterable[AlarmKey]) -> None:
        """What has been answered so far, as the database knows it."""
        self._answered = set(keys)
        self._stand_anew()

    def answer(self, key: AlarmKey) -> None:
        """Silence this rung for good; the next one of the same watch will ring."""
        self._answered.add(key)
        self._stand_or_fall((key.subject_id, key.cycle, key.clock, key.due_at))

    def is_due(self, now: int) -> bool:
        """Whether `look` may have something to tell: a moment has come, or time went back."""
        return now < self._now or bool(self._heap and self._heap[0][0] <= now)

    def look(self, now: int) -> tuple[Alarm, ...]:
        """What rings now, the gravest first: of each watch its gravest rung alone, however many were passed
        since the last look."""
        back, self._now = now < self._now, now
        if back:
            self._go_back(now)
        ringing: list[Alarm] = []
        while self._heap and self._heap[0][0] <= now:
            moment, key, again = heappop(self._heap)
            alarm = self._alarm(moment, key, now, again=again)
            self._stand_or_fall((key.subject_id, key.cycle, key.clock, key.due_at))
            if alarm is not None:
                ringing.append(alarm)
                if key.rung is Rung.LAST_CALL and not again:
                    heappush(self._heap, (now + self.repeat_s, key, True))
        return tuple(sorted(ringing, key=_worst_first))

    def standing(self) -> tuple[Alarm, ...]:
        """What was heard by the last look and nobody has answered, the worst first; `SOON` only colours and
        never stands. As long as nothing changes it is the very same tuple."""
        if self._standing is None:
            in_order = sorted(self._stands.values(), key=itemgetter(0))
            self._standing = tuple(alarm for _, alarm in in_order)
        return self._standing

    def _stand_or_fall(self, base: Base) -> None:
        """Bring what stands of one watch up to date."""
        watch = self._watches.get(base)
        rung = None if watch is None else watch.rung_at(self._now)
        stands: tuple[Order, Alarm] | None = None
        if watch is not None and rung is not None and rung is not Rung.SOON:
            key = watch.key(rung)
            if key not in self._answered:
                alarm = Alarm(watch, rung, key in self._repeated)
                stands = (_worst_first(alarm), alarm)
        if stands == self._stands.get(base):
            return
        self._standing = None
        if stands is None:
            del self._stands[base]
        else:
            self._stands[base] = stands

    def _stand_anew(self) -> None:
        for base in self._watches:
            self._stand_or_fall(base)

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
        self._stand_anew()


def _worst_first(alarm: Alarm) -> Order:
    return (-alarm.rung, -alarm.watch.grave, alarm.watch.due_at, alarm.watch.label)
