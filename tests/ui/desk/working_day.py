"""One morning at the desk, typed through the operations, as it stands at 14:32:07."""

from __future__ import annotations

from dispatch_app.contract.facts import FactKind, Procedure
from dispatch_app.operations.desk import Desk
from dispatch_app.operations.faults import AssignFault, GroupFaults, RecordMilestone, RegisterFault
from tests.ui.conftest import FRIDAY, StillClock

MIDNIGHT = FRIDAY - (14 * 3600 + 32 * 60 + 7)
K = FactKind


def at(clock: str) -> int:
    """A moment of that day, Beijing time `HH:MM` or `HH:MM:SS`, as epoch seconds."""
    parts = [int(part) for part in clock.split(":")]
    return MIDNIGHT + sum(part * unit for part, unit in zip(parts, (3600, 60, 1), strict=False))


class WorkingDay:
    """Writes facts as the day goes on and leaves the clock at 14:32:07."""

    def __init__(self, desk: Desk, clock: StillClock) -> None:
        self._desk = desk
        self._clock = clock
        self._people = {person.name: person.id for person in desk.queries.staff()}
        self.faults: dict[str, str] = {}

    def live(self) -> None:
        self._course("县街", "08:40", "交换机端口指示灯不亮", "朱红成", (
            (K.DEPARTED, "08:45"), (K.ARRIVED, "09:10"), (K.CONFIRMED, "09:20"), (K.REPAIR_STARTED, "09:25"),
            (K.RESOLVED, "09:40"), (K.CLOSED, "09:41"),
        ))  # fmt: skip
        self._course("禄脿", "09:12", "专网中断，自 09:12 起无人到场", "刘平", ())
        out = (
            (K.ACKNOWLEDGED, "09:58"), (K.DEPARTED, "10:00"), (K.ARRIVED, "10:20"), (K.CONFIRMED, "10:55"),
            (K.REPAIR_STARTED, "11:02"),
        )  # fmt: skip
        self._course("交换箱", "09:50", "施工挖断，抢修中，尽快恢复", "杨双金", out)
        self._course("草铺", "09:56", "光缆中断，与野外交换箱同一处", "杨双金", out)
        self._desk.perform(GroupFaults((self.faults["交换箱"], self.faults["草铺"]), at("09:59")))
        self._course("八街", "12:20", "UPS 告警，硬件不可维修，待专报", "刘平", (
            (K.ACKNOWLEDGED, "12:30"), (K.DEPARTED, "12:32"), (K.ARRIVED, "13:28:22"),
            (K.CONFIRMED, "14:03:12"),
        ), procedure=Procedure.SPECIAL_REPORT, hardware=True)  # fmt: skip
        self._course("宁湖大厦一", "14:04:46", "核心交换断电后未起，三个单位断网", "张懿明", (
            (K.ACKNOWLEDGED, "14:07:56"), (K.DEPARTED, "14:14"),
        ), emergency=True)  # fmt: skip
        self._course("市委", "14:29:56", "公文交换系统登录缓慢", "", ())
        self._clock.moment = FRIDAY

    def _course(
        self,
        site: str,
        reported: str,
        symptom: str,
        engineer: str,
        steps: tuple[tuple[FactKind, str], ...],
        *,
        procedure: Procedure = Procedure.REPAIR,
        emergency: bool = False,
        hardware: bool = False,
    ) -> None:
        self._clock.moment = max(self._clock.moment if self.faults else 0, at(reported) + 40)
        place = self._desk.queries.find_sites(site)[0]
        fault = self._desk.perform(
            RegisterFault(
                at(reported), place.id, symptom, emergency, caller="值班员", unit="网信办",
                callback="0871-68686833", hardware=hardware,
            )
        ).created  # fmt: skip
        self.faults[site] = fault
        if engineer:
            assigned = at(reported) + 75
            self._to(assigned)
            self._desk.perform(AssignFault(fault, self._people[engineer], self._version(fault), assigned))
        for kind, when in steps:
            self._to(at(when))
            self._desk.perform(
                RecordMilestone(
                    fault, kind, self._version(fault), at(when),
                    procedure=procedure if kind is K.CONFIRMED else None,
                )
            )  # fmt: skip

    def _to(self, moment: int) -> None:
        self._clock.moment = max(self._clock.moment, moment)

    def _version(self, fault: str) -> int:
        return self._desk.queries.fault_rows([fault])[0].version
