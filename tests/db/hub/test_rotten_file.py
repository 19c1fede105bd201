"""A hub's SQLite file that rots anywhere: nothing wrong is told to anybody, whatever cannot be done
ends in one sentence, and `cheonman hub-check` names it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
import pytest

from db.directory import DataDirectory
from db.exchange.pages.importing import import_page, take_page
from db.exchange.status.acknowledgements import Acknowledgement, own_acknowledgement
from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.trust import Trust, save_trust
from db.hub.database.sqlite import SqliteShelf
from db.hub.receipt_status import Shown, all_shown
from db.participation.feedback import add_feedback, list_feedback
from db.participation.plantings import NewPlanting, register_planting
from db.participation.replies import add_reply
from db.participation.reviews import set_review
from db.problems import DamagedHub, Problem
from db.receipts.code import read_token
from db.records import Erased, ReviewState
from db.refusals import Reason, Refused
from db.store.events import Contents, Event
from db.store.journal import redact
from db.store.page import read_page
from db.store.store import connect
from desktop.__main__ import main
from tests.db.exchange.city import City, a_city, pages
from tests.db.in_memory import NOON, PHONE, praise

T = TypeVar("T")
PAGE = 4096


class Told(NamedTuple):
    """Everything that a hub tells anybody."""

    receipts: dict[bytes, tuple[Shown, ...]]
    events: dict[tuple[str, int], tuple[Event, Contents]]
    words: list[object]


class Town:
    """A kiosk and a desk, and a hub's file that holds all of theirs."""

    def __init__(self, path: Path, city: City) -> None:
        self.city = city
        kiosk, desk = (
            city.enrol(DeviceRole.KIOSK, "완산도서관"),
            city.enrol(DeviceRole.DESK, "책의도시과"),
        )
        self.devices = kiosk.store.device, desk.store.device
        said = [
            add_feedback(
                kiosk.store,
                praise(f"의견 {n} " * (1 + n % 9), contact=PHONE if n % 5 == 0 else None),
            )
            for n in range(50)
        ]
        planted = NewPlanting(species="느티나무", trees=3)
        receipts = [*said, register_planting(kiosk.store, planted)]
        self.tokens = [raw for each in receipts if (raw := read_token(each.token)) is not None]
        for data in pages(kiosk.store):
            import_page(desk, data)
        for number, row in enumerate(list_feedback(desk.store)[0][::2]):
            add_reply(desk.store, row.id, f"답변 {number} " * 40, public=number % 2 == 0)
            set_review(desk.store, row.id, ReviewState.ADOPTED, reason=f"까닭 {number}")
        redact(kiosk.store, kiosk.store.device, 7, Erased.BODY, "본인 요청")
        self.pages = [*pages(kiosk.store), *pages(desk.store)]
        file = path / "hub.db"
        with closing(self.hub(file)) as hub:
            assert self.take(hub) == []
            hub.run(partial(hub.keep_papers, city.authority.papers))
            for shelf in (kiosk, desk):
                signed = own_acknowledgement(shelf)
                word = msgspec.json.decode(signed.text, type=Acknowledgement)
                hub.run(partial(hub.keep_word, word, signed))
            apart = city.enrol(DeviceRole.KIOSK, "꽃심도서관")
            add_feedback(apart.store, praise())
            (data,) = pages(apart.store)
            fork = Refused(Reason.FORK, "here")
            hub.run(partial(hub.quarantine, read_page(data), data, fork))
            self.told, problems = self.ask(hub)
            assert problems == [] and all(self.told.receipts.values())
        self.raw = file.read_bytes()

    def hub(self, file: Path) -> SqliteShelf:
        trust = Trust(lambda: NOON)
        trust.accept(self.city.authority.papers, "papers")
        hub = SqliteShelf(file, trust, lambda: NOON)
        # What rots here does so on purpose; waiting for the disk proves nothing.
        hub.connection.execute("PRAGMA synchronous = OFF")
        return hub

    def take(self, hub: SqliteShelf) -> list[Problem]:
        """Sends the hub all that the devices hold; what is said of what it cannot take."""
        problems: list[Problem] = []
        for data in self.pages:
            try:
                outcome = hub.run(partial(take_page, hub, data))
                assert outcome.reason in (None, Reason.GAP)
            except Problem as problem:
                problems.append(problem)
        return problems

    def ask(self, hub: SqliteShelf) -> tuple[Told, list[Problem]]:
        """All that a hub tells, none of it wrong, and what is said of what it cannot tell."""
        told, problems = Told({}, {}, []), list[Problem]()

        def asked(question: Callable[[], T]) -> T | None:
            try:
                return question()
            except Problem as problem:
                problems.append(problem)
                return None

        for token in self.tokens:
            told.receipts[token] = (asked(partial(all_shown, hub, token)) or [()])[0]
        for device in asked(hub.links) or {}:
            after = 0
            while (written := asked(partial(hub.page, device, after))) is not None:
                page = read_page(written.data)
                for pair in zip(page.events, page.contents, strict=True):
                    told.events[device, pair[0].seq] = pair
                after = page.last
        told.words.extend(asked(hub.words) or ())
        for question in (hub.lacking, hub.census, hub.papers):
            asked(question)
        return told, problems

    def assert_nothing_wrong(self, told: Told) -> None:
        """Less may be told, but nothing else."""
        for token, shown in told.receipts.items():
            assert _facts(shown) <= _facts(self.told.receipts[token])
        for at, (event, contents) in told.events.items():
            right, whole = self.told.events[at]
            assert event == right
            assert contents.body in (None, whole.body) and contents.sealed in (None, whole.sealed)


def _facts(shown: tuple[Shown, ...]) -> set[object]:
    facts: set[object] = set()
    for each in shown:
        facts |= {each.at_us, each.planting, each.kind, each.reason, each.department}
        facts |= {*each.replies, *each.original_replies}
        facts |= {each.state} - {ReviewState.RECEIVED}
    return facts - {None}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    path = tmp_path_factory.mktemp("town")
    with ExitStack() as stack:
        yield Town(path, stack.enter_context(a_city(path / "authority")))


@pytest.fixture
def home(tmp_path: Path, town: Town) -> Path:
    """The data directory of the hub."""
    trust = Trust(lambda: NOON)
    trust.accept(town.city.authority.papers, "papers")
    directory = DataDirectory(tmp_path / "home")
    directory.prepare()
    save_trust(directory, trust)
    return directory.path


def check(home: Path, file: Path) -> int:
    words = ["--data-dir", str(home), "--database", f"sqlite:///{file}"]
    return main(["hub-check", "--json", *words])


def flip(raw: bytearray, by: random.Random) -> None:
    raw[by.randrange(len(raw))] ^= 1 << by.randrange(8)


def overwrite(raw: bytearray, by: random.Random) -> None:
    at = by.randrange(len(raw) // PAGE) * PAGE
    raw[at : at + PAGE] = by.randbytes(PAGE)


DAMAGES = {"30 bits": (flip, 30), "a bit": (flip, 1), "a block": (overwrite, 1)}
DAMAGES["30 blocks"] = (overwrite, 30)
FEW = [(how, seed) for how in DAMAGES for seed in range(2)]
MANY = [(how, seed) for how in DAMAGES for seed in range(100, 160)]


@pytest.mark.parametrize(
    ("how", "seed"), [*FEW, *(pytest.param(*case, marks=pytest.mark.soak) for case in MANY)]
)
def test_whatever_rots_nothing_wrong_is_told_and_a_check_names_it(
    how: str, seed: int, town: Town, home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file, raw, by = tmp_path / "hub.db", bytearray(town.raw), random.Random(f"{how} {seed}")
    damage, times = DAMAGES[how]
    for _ in range(times):
        damage(raw, by)
    file.write_bytes(raw)
    before: Told | None = None
    with suppress(Problem), closing(town.hub(file)) as hub:
        before, _problems = town.ask(hub)
        town.assert_nothing_wrong(before)
        if by.random() < 0.5:
            # Devices come before anybody looks.
            town.take(hub)
            town.assert_nothing_wrong(town.ask(hub)[0])
    status = check(home, file)
    said = capfd.readouterr()
    if status == 0:
        assert before == town.told and json.loads(said.out)["lost"] == []
        return
    if not said.out:
        # It cannot be read any more: one sentence, which says what to do.
        assert len(said.err.splitlines()) == 1 and str(file) in said.err
        return
    assert any(json.loads(said.out).values())
    with closing(town.hub(file)) as hub:
        assert town.take(hub) == []
        after, problems = town.ask(hub)
        assert problems == []
        # All of it is back but the words, which come with the next visit of each device.
        assert (after.receipts, after.events) == (town.told.receipts, town.told.events)
        assert all(word in town.told.words for word in after.words)
    assert check(home, file) == 0


def test_what_a_damaged_hub_is_told_to_do_brings_everything_back(
    town: Town, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "hub.db"
    file.write_bytes(town.raw[:PAGE] + b"\0" * (len(town.raw) - PAGE))
    assert check(home, file) == 1
    said = capsys.readouterr()
    assert said.out == "" and "move this file" in said.err
    for each in tmp_path.glob("hub.db*"):
        each.rename(each.with_name(f"old-{each.name}"))
    with closing(town.hub(file)) as hub:
        assert town.take(hub) == []
        assert town.ask(hub)[0][:2] == town.told[:2]


@pytest.mark.parametrize(
    ("spoil", "list_", "named"),
    [
        ("UPDATE meta SET value = replace(value, '\"list\"', '\"mist\"')", "tables", "papers"),
        ("UPDATE acknowledgement SET number = 1 << 40", "tables", "acknowledgement"),
        ("UPDATE acknowledgement SET text = CAST(x'ff' AS TEXT)", "tables", "acknowledgement"),
        ("UPDATE apart SET page = x'00'", "tables", "apart"),
        ("UPDATE device SET device = 'x' || substr(device, 2)", "tables", "device"),
        ("UPDATE device SET public_key = x'00'", "tables", "device"),
        (
            "UPDATE device SET device = CAST(x'ff' AS TEXT) || device",
            "tables",
            "a name that is none",
        ),
        ("UPDATE event SET device = 'x' || substr(device, 2) WHERE seq = 9", "tables", "device x"),
        ("UPDATE event SET device = device || CAST(x'f0' AS TEXT) WHERE seq = 9", "broken", "/9"),
        ("UPDATE event SET body = NULL, salt = NULL WHERE seq = 3", "lost", "/3"),
        ("UPDATE event SET chain = x'00' WHERE seq IN (20, 52)", "broken", "/20"),
        ("UPDATE event SET signature = x'00' WHERE seq = 20", "tables", "signature"),
        ("UPDATE event SET signature = x'00' WHERE seq = 52", "broken", "/52"),
    ],
)
def test_each_thing_that_rots_is_named_once_and_comes_again(
    spoil: str,
    list_: str,
    named: str,
    town: Town,
    home: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "hub.db"
    file.write_bytes(town.raw)
    with closing(town.hub(file)) as hub:
        hub.connection.execute(spoil)
        town.assert_nothing_wrong(town.ask(hub)[0])
    assert check(home, file) == 1
    assert any(named in place for place in json.loads(capsys.readouterr().out)[list_])
    with closing(town.hub(file)) as hub:
        assert town.take(hub) == []
        after, problems = town.ask(hub)
        assert problems == [] and after[:2] == town.told[:2]
    assert check(home, file) == 0


SCHEMA = "UPDATE sqlite_schema SET sql = replace(sql, '{}', '{}') WHERE name = '{}'"


def change_schema(file: Path, *statements: str) -> None:
    """As a bit in SQLite's own table does it."""
    with closing(connect(file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            connection.execute(statement)


def test_an_index_that_leads_astray_is_made_anew(
    town: Town, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, where = tmp_path / "hub.db", ("receipt IS NOT NULL", "receipt IS NULL", "event_receipt")
    file.write_bytes(town.raw)
    again = SCHEMA.format(where[1], where[0], where[2])
    reset = "PRAGMA writable_schema = RESET"
    change_schema(file, SCHEMA.format(*where), reset, "REINDEX event_receipt")
    change_schema(file, again)
    with closing(town.hub(file)) as hub:
        assert town.ask(hub)[0] != town.told
    assert check(home, file) == 1
    assert json.loads(capsys.readouterr().out)["tables"] == ["indexes"]
    with closing(town.hub(file)) as hub:
        assert town.ask(hub) == (town.told, [])
    assert check(home, file) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        "PRAGMA application_id = 7",
        "PRAGMA user_version = 0",
        SCHEMA.format("subject TEXT", "subjecu TEXT", "event"),
        SCHEMA.format("CREATE", "CRE' || CAST(x'f4' AS TEXT) || 'TE", "event"),
    ],
)
def test_a_file_without_its_shape_ends_in_one_sentence(
    spoil: str, town: Town, tmp_path: Path
) -> None:
    file = tmp_path / "hub.db"
    file.write_bytes(town.raw)
    change_schema(file, spoil)
    with pytest.raises(DamagedHub, match="move this file"):
        town.hub(file)
