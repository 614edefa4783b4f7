"""The parts put together: a real database, the real window, and everything gone afterwards."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from dispatch_app import bootstrap
from dispatch_app.bootstrap import DeskWayIn, SystemClock, build_scratch_desk
from dispatch_app.contract.calls import CallKind
from dispatch_app.contract.errors import KnownError
from dispatch_app.models import CallRecord
from dispatch_app.operations.call_records import RecordCall
from dispatch_app.operations.drill_clock import DrillClock
from dispatch_app.storage.keys import MemoryKeyStore
from dispatch_app.storage.locations import AlreadyOpenError, InstanceLock, data_place
from dispatch_app.storage.unit_of_work import Stamp
from dispatch_app.ui.main_window import MainWindow
from dispatch_app.ui.start.screens import (
    PassphraseScreen,
    RecoveryKeyScreen,
    RecoveryScreen,
    RosterScreen,
    WelcomeScreen,
)
from dispatch_app.ui.start.start_window import StartWindow
from dispatch_app.ui.start.way_in import Need

NOON = 1_732_248_000
PASSPHRASE = "correct horse battery"


class StillClock:
    def now(self) -> int:
        return NOON


def way_in(folder: Path, store: MemoryKeyStore) -> DeskWayIn:
    return DeskWayIn(data_place(folder), store, StillClock(), bootstrap.RESOURCES)


@pytest.fixture
def store() -> MemoryKeyStore:
    return MemoryKeyStore()


def begun(folder: Path, store: MemoryKeyStore, passphrase: str = "") -> str:
    """A data folder after its first start; its recovery code."""
    entry = way_in(folder, store)
    code = entry.first_start(passphrase)
    entry.close()
    return code


def test_the_first_start_seeds_people_and_sites(tmp_path: Path, store: MemoryKeyStore) -> None:
    entry = way_in(tmp_path, store)
    situation = entry.look()
    assert (situation.need, situation.new_passphrase, situation.folder) == (Need.FIRST_START, False, tmp_path)
    assert len(entry.first_start("").split("-")) == 7
    assert entry.desk.queries.operator().name == "李鸿兰"
    assert len(entry.desk.queries.staff()) == 6
    entry.close()
    entry.close()


def test_the_second_start_opens_by_itself_with_the_same_people(tmp_path: Path, store: MemoryKeyStore) -> None:
    begun(tmp_path, store)
    entry = way_in(tmp_path, store)
    assert entry.look().need is Need.NOTHING
    assert len(entry.desk.queries.staff()) == 6
    entry.close()


def test_a_passphrase_opens_where_there_is_no_key_ring(tmp_path: Path) -> None:
    store = MemoryKeyStore(available=False)
    begun(tmp_path, store, PASSPHRASE)
    entry = way_in(tmp_path, store)
    situation = entry.look()
    assert (situation.need, situation.new_passphrase) == (Need.PASSPHRASE, True)
    with pytest.raises(KnownError, match="口令不对"):
        entry.with_passphrase("wrong horse battery")
    entry.with_passphrase(PASSPHRASE)
    assert entry.desk.queries.operator().name == "李鸿兰"
    entry.close()


def test_a_lost_key_is_recovered_and_kept_again(tmp_path: Path, store: MemoryKeyStore) -> None:
    code = begun(tmp_path, store)
    entry = way_in(tmp_path, MemoryKeyStore())
    situation = entry.look()
    assert situation.need is Need.RECOVERY
    assert "钥匙串里没有" in situation.why
    entry.with_recovery_code(code.lower(), "")
    entry.close()


def test_without_key_and_code_nothing_new_is_made(tmp_path: Path, store: MemoryKeyStore) -> None:
    begun(tmp_path, store)
    data_place(tmp_path).keys.unlink()
    entry = way_in(tmp_path, store)
    situation = entry.look()
    assert situation.need is Need.HOPELESS
    assert "desk.keys" in situation.why
    assert "备份" in situation.why
    with pytest.raises(RuntimeError, match="locked"):
        _ = entry.desk
    with pytest.raises(RuntimeError, match="locked"):
        entry.verify()


def test_a_database_moved_away_is_warned_of(tmp_path: Path, store: MemoryKeyStore) -> None:
    begun(tmp_path, store)
    data_place(tmp_path).database.rename(tmp_path / "moved.db")
    situation = way_in(tmp_path, store).look()
    assert situation.need is Need.FIRST_START
    assert "放回原处" in situation.why


def test_the_roster_comes_in_through_the_way_in(tmp_path: Path, store: MemoryKeyStore) -> None:
    begun(tmp_path, store)
    entry = way_in(tmp_path, store)
    entry.look()
    name = entry.desk.queries.staff()[0].name
    roster = tmp_path / "roster.csv"
    number = "139" + "0" * 7 + "1"
    roster.write_text(f"姓名,个人手机号码\n{name},{number}\n", encoding="utf-8")
    assert entry.import_roster(roster) == "已导入 1 个手机号码"
    assert entry.desk.queries.staff()[0].mobile == number
    assert entry.rebuild() == "由事实重建了 0 个故障，与原有的各表一致"
    assert entry.verify() == "哈希链完好：16 条事实"
    entry.close()


def test_rebuilding_names_the_tables_that_had_strayed(tmp_path: Path, store: MemoryKeyStore) -> None:
    begun(tmp_path, store)
    entry = way_in(tmp_path, store)
    entry.look()
    entry.desk.perform(RecordCall(CallKind.WRONG_NUMBER, NOON))
    with entry._opened().unit_of_work(Stamp("", "", "A", 0)) as work:
        work.session.execute(delete(CallRecord))
    assert entry.rebuild() == "由事实重建了 0 个故障，与事实不符的已改正：来电记录 1 行"
    entry.close()


def test_the_machines_clock_counts_whole_seconds_forward() -> None:
    one, two = SystemClock().now(), SystemClock().now()
    assert isinstance(one, int)
    assert one <= two


def test_a_scratch_desk_leaves_nothing_behind() -> None:
    with build_scratch_desk(StillClock()) as desk:
        folder = desk._database.path.parent
        assert folder.exists()
    assert not folder.exists()


@pytest.fixture
def driven(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """The event loop runs steps instead of waiting for a person; each step is tried until it does not say
    "not yet" by returning False."""
    failures: list[BaseException] = []

    def drive(*steps: Callable[[], bool | None]) -> None:
        def loop() -> int:
            # Not the application's own loop: once that has been left, no other runs in this process.
            events = QEventLoop()
            waiting = list(steps)
            timer = QTimer()
            timer.setInterval(10)

            def beat() -> None:
                try:
                    if waiting and waiting[0]() is not False:
                        waiting.pop(0)
                except BaseException as error:  # noqa: BLE001 - raised again outside of the loop
                    failures.append(error)
                    waiting.clear()
                if not waiting:
                    qapp.closeAllWindows()
                    events.exit(0)

            timer.timeout.connect(beat)
            timer.start()
            status = events.exec()
            timer.stop()
            return status

        monkeypatch.setattr(QApplication, "exec", staticmethod(loop))

    monkeypatch.setattr("dispatch_app.ui.application.QApplication", lambda arguments: qapp)
    yield drive
    gc.unfreeze()
    if failures:
        raise failures[0]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("desk-")]


def window_of(kind: type) -> object | None:
    found = [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()
    ]
    return found[0] if found else None


def screen(kind: type) -> object | None:
    start = window_of(StartWindow)
    shown = start.screen_shown if isinstance(start, StartWindow) else None
    return shown if isinstance(shown, kind) else None


def press(kind: type, *, tick: bool = False) -> Callable[[], bool | None]:
    """A step: the main button of a start screen."""

    def step() -> bool | None:
        shown = screen(kind)
        if shown is None:
            return False
        if tick:
            shown.confirm.setChecked(True)  # type: ignore[attr-defined]
        shown.go.click()  # type: ignore[attr-defined]
        return None

    return step


def desk_in_sight() -> bool | None:
    window = window_of(MainWindow)
    if not isinstance(window, MainWindow):
        return False
    return None if window.head.operator.text() == "李鸿兰" and window.page == "desk" else False


def test_from_an_empty_folder_to_the_desk_and_back_again(
    tmp_path: Path, store: MemoryKeyStore, driven: Callable[..., None], qtbot: QtBot
) -> None:
    driven(press(WelcomeScreen), press(RecoveryKeyScreen, tick=True), press(RosterScreen), desk_in_sight)
    assert bootstrap.run_desk(tmp_path, store) == 0
    assert {path.name for path in tmp_path.iterdir()} >= {"desk.db", "desk.keys", "window.ini"}
    driven(desk_in_sight)
    assert bootstrap.run_desk(tmp_path, store) == 0


def test_a_passphrase_and_a_recovery_lead_to_the_desk(
    tmp_path: Path, driven: Callable[..., None], qtbot: QtBot
) -> None:
    store = MemoryKeyStore(available=False)
    code = begun(tmp_path, store, PASSPHRASE)

    def type_passphrase() -> bool | None:
        shown = screen(PassphraseScreen)
        if not isinstance(shown, PassphraseScreen):
            return False
        shown.typed.setText(PASSPHRASE)
        shown.go.click()
        return None

    def forget() -> bool | None:
        shown = screen(PassphraseScreen)
        if not isinstance(shown, PassphraseScreen):
            return False
        shown.forgotten.click()
        return None

    def recover() -> bool | None:
        shown = screen(RecoveryScreen)
        if not isinstance(shown, RecoveryScreen) or shown.passphrase is None:
            return False
        shown.typed.setText(code)
        shown.passphrase.once.setText("another horse")
        shown.passphrase.twice.setText("another horse")
        shown.go.click()
        return None

    driven(type_passphrase, desk_in_sight)
    assert bootstrap.run_desk(tmp_path, store) == 0
    driven(forget, recover, desk_in_sight)
    assert bootstrap.run_desk(tmp_path, store) == 0
    entry = way_in(tmp_path, store)
    entry.with_passphrase("another horse")
    entry.close()


def test_a_second_desk_on_the_same_folder_is_refused(tmp_path: Path, store: MemoryKeyStore) -> None:
    with InstanceLock(data_place(tmp_path)), pytest.raises(AlreadyOpenError):
        bootstrap.run_desk(tmp_path, store)


def test_a_drill_opens_on_a_scratch_database_and_moves(
    driven: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    monkeypatch.setattr("dispatch_app.bootstrap.gettempdir", lambda: str(tmp_path))
    clocks: list[DrillClock] = []

    def watch() -> bool | None:
        window = window_of(MainWindow)
        if not isinstance(window, MainWindow) or window.banner is None:
            return False
        clocks.append(window.banner._clock)
        window.banner.skip.click()
        return None

    def first_call_in() -> bool | None:
        window = window_of(MainWindow)
        assert isinstance(window, MainWindow)
        return None if "今日接报 1" in window.head.today.shown else False

    driven(watch, first_call_in)
    assert bootstrap.run_drill(60) == 0
    assert clocks[0].speed == 60
    assert not (tmp_path / "dispatch-app-drill").exists()


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch, store: MemoryKeyStore) -> MemoryKeyStore:
    """The command line's key ring."""
    monkeypatch.setattr(bootstrap, "KeyringStore", lambda: store)
    return store


def test_the_command_line_opens_what_is_there(tmp_path: Path, ring: MemoryKeyStore) -> None:
    begun(tmp_path, ring)
    with bootstrap.command_line_desk(tmp_path) as entry:
        assert entry.verify() == "哈希链完好：15 条事实"
    with InstanceLock(data_place(tmp_path)):
        pass


def test_the_command_line_makes_nothing(tmp_path: Path, ring: MemoryKeyStore) -> None:
    with pytest.raises(KnownError, match="还没有数据库"), bootstrap.command_line_desk(tmp_path):
        pytest.fail("opened an empty folder")
    assert not data_place(tmp_path).database.exists()


def test_the_command_line_leaves_recovery_to_the_screens(tmp_path: Path, ring: MemoryKeyStore) -> None:
    begun(tmp_path, MemoryKeyStore())
    with pytest.raises(KnownError, match="恢复界面"), bootstrap.command_line_desk(tmp_path):
        pytest.fail("opened without a key")


def test_the_command_line_asks_for_the_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryKeyStore(available=False)
    begun(tmp_path, store, PASSPHRASE)
    monkeypatch.setattr(bootstrap, "KeyringStore", lambda: store)
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr(bootstrap, "getpass", ask)
    with bootstrap.command_line_desk(tmp_path) as entry:
        assert entry.desk.queries.operator().name == "李鸿兰"
    assert asked == ["口令："]


def test_the_machines_counter_only_grows_and_its_time_zone_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    first = clock.through_sleep()
    assert clock.through_sleep() >= first > 0
    monkeypatch.setenv("TZ", "HERE-3:30")
    assert clock.local_offset() == 3 * 3600 + 1800
    monkeypatch.setenv("TZ", "HERE5")
    assert clock.local_offset() == -5 * 3600
    monkeypatch.undo()
    clock.local_offset()
