"""A kind of event is known to everything that must do something with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.trust import may_write
from db.records.event_kinds import KINDS, EventKind, Signer
from db.store import projections
from db.store.events import Contents, Event
from desktop import i18n
from desktop.exchange.results import Row
from desktop.exchange.words import row_word

FORMAT = Path(__file__).resolve().parents[2] / "resources/help/format.md"
DEVICE = "a" * 26
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


def test_every_kind_that_is_projected_has_its_projection_and_no_other() -> None:
    assert set(projections._PROJECTORS) == {kind.name for kind in KINDS.values() if kind.projected}


def test_staff_tell_every_kind_from_every_other_in_both_languages() -> None:
    for language in i18n.LANGUAGES:
        i18n.use_language(language)
        words = [row_word(Row(name, "")) for name in (*KINDS, "some.other")]
        assert len(set(words)) == len(words) and all(words)
    i18n.use_language("ko")


@each_kind
def test_every_kind_a_kiosk_may_sign_stands_in_the_format(kind: EventKind) -> None:
    """What only a desk signs is named there as all others."""
    told = f"`{kind.name}`" in FORMAT.read_text(encoding="utf-8")
    assert told or kind.signer is Signer.DESK


@each_kind
def test_a_kind_is_signed_by_whom_the_table_names_and_by_no_hub(kind: EventKind) -> None:
    def signed_by(role: DeviceRole, subject: str) -> bool:
        event = Event(DEVICE, 1, b"i" * 16, kind.name, subject, 0, None, b"h" * 32, None)
        return may_write(role, event, Contents())

    own, others = f"{DEVICE}/1", f"{'b' * 26}/1"
    assert signed_by(DeviceRole.DESK, others)
    assert not signed_by(DeviceRole.HUB, own)
    assert signed_by(DeviceRole.KIOSK, own) is (kind.signer is not Signer.DESK)
    assert signed_by(DeviceRole.KIOSK, others) is (kind.signer is Signer.KIOSK)


@each_kind
def test_what_is_written_again_after_a_salvage_can_say_where_it_stood(kind: EventKind) -> None:
    can = "salvaged_from" in kind.body.__struct_fields__
    assert can or not kind.written_again
