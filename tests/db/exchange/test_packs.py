"""Packs: what a desk publishes is the same catalogue everywhere, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import Any

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from db.catalogue.loading import PROJECTS, TREES, load_catalogue
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole
from db.problems import InputRefused
from db.publishing.packs import is_current, offers, packs, publish_pack, tell_operator
from db.publishing.publications import withdraw
from db.records import Catalogue, CatalogueProblem
from db.records.event_kinds import PACK, PART
from db.records.feedback import Erased
from db.records.publication import LARGEST_CONTENT, PackBody, PartBody
from db.refusals import Reason
from db.store.events import genesis
from db.store.journal import append, events, rebuild, redact
from db.store.notices import notices
from db.store.page import write_page
from db.store.recovery import write_again
from db.store.store import Store
from tests.db.exchange.city import City, a_city, pages, take_all
from tests.db.in_memory import NOON


def built_in(name: str) -> Any:
    return json.loads((files("resources") / "catalogue" / name).read_text(encoding="utf-8"))


def projects(name: str) -> bytes:
    """The built-in projects, the first one named anew."""
    document = built_in(PROJECTS)
    document["projects"][0]["name_ko"] = name
    return json.dumps(document, ensure_ascii=False).encode()


def few(name: str) -> bytes:
    """One project alone, for laws that are tried many times."""
    document = built_in(PROJECTS)
    first = document["projects"][0] | {"name_ko": name, "related": []}
    return json.dumps(document | {"projects": [first]}, ensure_ascii=False).encode()


def desks(city: City) -> frozenset[str]:
    """What `desks_of` answers where papers lie on a disk."""
    certificates = next(iter(city.shelves.values())).trust.certificates
    return frozenset(d for d, each in certificates.items() if each.role is DeviceRole.DESK)


def shown(city: City, shelf: StoreShelf) -> Catalogue:
    return load_catalogue(None, offers(shelf.store, desks(city)))


def first_name(city: City, shelf: StoreShelf) -> str:
    return shown(city, shelf).projects[0].name_ko


def publish(city: City, shelf: StoreShelf, name: str, title: str = "자료집") -> str:
    return publish_pack(shelf.store, {PROJECTS: few(name)}, title, desks(city))


def test_a_refused_pack_does_not_make_every_visit_load_anew(
    city: City, desk: StoreShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.publishing.packs.desks_of", lambda store: desks(city))
    assert is_current(desk.store, shown(city, desk))
    publish(city, desk, "하나")
    first = shown(city, desk)
    assert first.pack is not None and is_current(desk.store, first)
    broken = publish(city, desk, "둘")
    assert not is_current(desk.store, first)

    def refuse() -> dict[str, bytes]:
        raise CatalogueProblem("둘", "", "x", "x")

    found = list(offers(desk.store, desks(city)))
    spoilt = [
        msgspec.structs.replace(each, unpack=refuse) if each.id == broken else each
        for each in found
    ]
    refused = load_catalogue(None, iter(spoilt))
    assert set(refused.pack_problems) == {broken}
    assert refused.pack is not None and refused.pack.id == first.pack.id
    # What was refused once is not asked for again, however often a visit ends.
    assert is_current(desk.store, refused)


def test_a_published_pack_is_the_catalogue_of_a_kiosk_once_it_has_travelled(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    id = publish_pack(desk.store, {PROJECTS: projects("새 이름")}, "2026년 11월", desks(city))
    assert first_name(city, kiosk) != "새 이름"
    take_all(kiosk, pages(desk.store))
    catalogue = shown(city, kiosk)
    assert catalogue.projects[0].name_ko == "새 이름"
    assert catalogue.origins[PROJECTS] == "pack"
    assert catalogue.origins[TREES] == "built-in"
    assert catalogue.pack is not None
    assert (catalogue.pack.id, catalogue.pack.title) == (id, "2026년 11월")
    before = store_hash(kiosk.store)
    rebuild(kiosk.store)
    assert store_hash(kiosk.store) == before


def test_a_site_s_own_file_stands_before_the_pack(
    city: City, desk: StoreShelf, tmp_path: Any
) -> None:
    publish(city, desk, "자료집의 이름")
    own = tmp_path / "catalogue"
    own.mkdir()
    (own / PROJECTS).write_bytes(few("도서관의 이름"))
    catalogue = load_catalogue(tmp_path, offers(desk.store, desks(city)))
    assert catalogue.projects[0].name_ko == "도서관의 이름"
    assert catalogue.origins[PROJECTS] == "site"


def one_by_one(store: Store) -> list[bytes]:
    """The store's own events in the smallest pages there are."""
    made, previous = [], genesis(store.keys.public)
    for event, contents in list(events(store.connection, store.device)):
        made.append(write_page(previous, [event], [contents]))
        previous = event.chain
    return made


def test_a_pack_that_has_come_in_part_changes_nothing(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    large = {PROJECTS: projects("큰 자료집"), TREES: json.dumps(built_in(TREES)).encode()}
    publish_pack(desk.store, large, "큰 자료집", desks(city))
    *parts, last = one_by_one(desk.store)
    assert len(parts) > 1
    built = load_catalogue().projects[0].name_ko
    for page in parts:
        take_all(kiosk, [page])
        assert first_name(city, kiosk) == built
    take_all(kiosk, [last])
    assert first_name(city, kiosk) == "큰 자료집"


def test_withdrawing_brings_back_what_stood_before_and_nothing_is_withdrawn_twice(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    built = load_catalogue().projects[0].name_ko
    first, second = publish(city, desk, "하나"), publish(city, desk, "둘")
    for id, then in ((second, "하나"), (first, built)):
        withdraw(desk.store, id, desks(city))
        take_all(kiosk, pages(desk.store))
        assert first_name(city, desk) == first_name(city, kiosk) == then
    with pytest.raises(InputRefused):
        withdraw(desk.store, first, desks(city))
    assert all(row.withdrawn for row in packs(kiosk.store, desks(city)))


def test_two_desks_that_publish_apart_end_in_one_catalogue_and_a_conflict_that_a_third_settles(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    other = city.enrol(DeviceRole.DESK, "정원도시과")
    publish(city, desk, "책의도시과의 이름")
    publish(city, other, "정원도시과의 이름")
    for taker in (kiosk, desk, other):
        for giver in (desk, other):
            take_all(taker, pages(giver.store))
    stores = (kiosk, desk, other)
    assert len({first_name(city, each) for each in stores}) == 1
    for each in stores:
        rows = packs(each.store, desks(city))
        assert [row.conflict for row in rows] == [True, True]
    publish(city, other, "함께 정한 이름")
    take_all(kiosk, pages(other.store))
    assert first_name(city, kiosk) == "함께 정한 이름"
    assert not any(row.conflict for row in packs(kiosk.store, desks(city)))


def test_a_clock_that_stands_wrong_decides_nothing(tmp_path: Any) -> None:
    now = [NOON]
    with a_city(tmp_path / "authority", lambda: now[0]) as city:
        desk = city.enrol(DeviceRole.DESK, "검토대")
        publish(city, desk, "먼저")
        now[0] -= 400 * 24 * 3600 * 1_000_000
        publish(city, desk, "나중")
        assert first_name(city, desk) == "나중"


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_kiosks_that_met_the_same_packs_in_any_order_show_the_same_catalogue(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with a_city(tmp_path_factory.mktemp("city") / "authority") as city:
        offices = [city.enrol(DeviceRole.DESK, name) for name in ("가", "나")]
        kiosks = [city.enrol(DeviceRole.KIOSK, name) for name in ("다", "라")]
        acts = st.lists(
            st.tuples(st.sampled_from((0, 1)), st.sampled_from(("publish", "meet", "withdraw"))),
            max_size=6,
        )
        for number, (who, act) in enumerate(data.draw(acts)):
            office = offices[who]
            standing = [row for row in packs(office.store, desks(city)) if not row.withdrawn]
            if act == "meet":
                take_all(office, pages(offices[1 - who].store))
            elif act == "publish":
                publish(city, office, f"이름 {number}")
            elif standing:
                withdraw(office.store, data.draw(st.sampled_from(standing)).id, desks(city))
        travelling = [page for office in offices for page in one_by_one(office.store)]
        for kiosk in kiosks:
            # What comes too early is a gap and comes again, as in every exchange.
            for page in data.draw(st.permutations(travelling)):
                take_all(kiosk, [page])
            take_all(kiosk, travelling)
        one, other = kiosks
        assert store_hash(one.store) == store_hash(other.store)
        assert first_name(city, one) == first_name(city, other)
        assert packs(one.store, desks(city)) == packs(other.store, desks(city))
        for row in packs(one.store, desks(city))[:1]:
            unwithdrawn = shown(city, one).pack
            assert row.withdrawn or (unwithdrawn is not None and unwithdrawn.id == row.id)


# -- what must not be applied -----------------------------------------------------------------


def test_a_kiosk_and_a_hub_cannot_publish_and_their_pages_are_refused_whole(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    hub = city.enrol(DeviceRole.HUB, "허브")
    for forger in (kiosk, hub):
        publish(city, forger, "가짜")
        (outcome,) = take_all(desk, pages(forger.store))
        assert outcome.reason is Reason.ROLE
        assert first_name(city, desk) != "가짜"
        # Not even the tampered machine itself: its certificate says what it is.
        assert first_name(city, forger) != "가짜"


def _bomb() -> bytes:
    plain = bytes(LARGEST_CONTENT + 1)
    return zstandard.ZstdCompressor().compress(plain)


def _undeclared() -> bytes:
    """A stream that does not say how large it will be."""
    packer = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    return packer.compress(msgspec.msgpack.encode({PROJECTS: few("x")})) + packer.flush()


def _packed(content: object) -> bytes:
    return zstandard.ZstdCompressor().compress(msgspec.msgpack.encode(content))


def _nested() -> bytes:
    return zstandard.ZstdCompressor().compress(b"\x91" * 100_000 + b"\x00")


HOSTILE = {
    "a bomb": _bomb,
    "an undeclared size": _undeclared,
    "no zstd": lambda: b"zstd it is not",
    "another document": lambda: _packed([1, 2, 3]),
    "no file": lambda: _packed({}),
    "a file of another name": lambda: _packed({"../keys/device.seed": b"x"}),
    "a file that is none": lambda: _packed({PROJECTS: 7}),
    "deep nesting": _nested,
    "a schema fault": lambda: _packed({PROJECTS: few("이름").replace(b'"theme"', b'"thema"')}),
    "one good and one bad file": lambda: _packed({PROJECTS: few("이름"), TREES: b"{}"}),
    "a figure without its source": lambda: _packed(
        {PROJECTS: few("이름").replace(b'"sources": [', b'"sources": ["nowhere", ', 1)}
    ),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_what_cannot_be_accepted_is_named_to_the_operator_once_and_the_last_good_pack_stays(
    city: City, kiosk: StoreShelf, desk: StoreShelf, how: str
) -> None:
    publish(city, desk, "마지막으로 좋은 이름")
    good = shown(city, desk).pack
    assert good is not None
    with desk.store.change() as connection:
        packed = HOSTILE[how]()
        append(desk.store, connection, PART, "pack", PartBody(data=packed))
        body = PackBody(
            title="이상한 자료집",
            version=9,
            parts=(hashlib.sha256(packed).hexdigest(),),
            saw={desk.store.device: desk.tail(desk.store.device)},
        )
        append(desk.store, connection, PACK, "pack", body)
    take_all(kiosk, pages(desk.store))
    catalogue = shown(city, kiosk)
    assert catalogue.pack == good
    assert catalogue.projects[0].name_ko == "마지막으로 좋은 이름"
    (problem,) = catalogue.problems
    assert "이상한 자료집" in problem.en
    for _ in range(2):
        tell_operator(kiosk.store, catalogue)
    assert [each.en for each in notices(kiosk.store)] == [problem.en]


def test_a_pack_that_names_other_parts_than_it_has_is_not_whole(
    city: City, desk: StoreShelf
) -> None:
    part = _packed({PROJECTS: few("이름")})
    for parts, named in (([], [part]), ([b"other"], [part]), ([part, b"more"], [part, b"less"])):
        with desk.store.change() as connection:
            for each in parts:
                append(desk.store, connection, PART, "pack", PartBody(data=each))
            hashes = tuple(hashlib.sha256(each).hexdigest() for each in named)
            body = PackBody(title="없는 조각", version=1, parts=hashes)
            append(desk.store, connection, PACK, "pack", body)
    assert [row.whole for row in packs(desk.store, desks(city))] == [False] * 3
    assert shown(city, desk).pack is None


def test_erasing_a_part_takes_the_pack_away_everywhere_and_the_one_before_stands_again(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    publish(city, desk, "하나")
    publish(city, desk, "둘")
    redact(desk.store, desk.store.device, desk.tail(desk.store.device) - 1, Erased.BODY, "잘못")
    take_all(kiosk, pages(desk.store))
    assert first_name(city, desk) == first_name(city, kiosk) == "하나"
    rebuild(kiosk.store)
    assert first_name(city, kiosk) == "하나"


def test_a_desk_is_told_which_field_of_its_files_is_wrong_and_nothing_is_published(
    city: City, desk: StoreShelf
) -> None:
    wrong = json.loads(few("이름"))
    wrong["projects"][0]["lat"] = 37.5
    with pytest.raises(CatalogueProblem) as caught:
        publish_pack(desk.store, {PROJECTS: json.dumps(wrong).encode()}, "틀린", desks(city))
    assert "lat" in caught.value.field
    assert desk.tail(desk.store.device) == 0
    for title in ("", "가" * 121):
        with pytest.raises(InputRefused):
            publish_pack(desk.store, {PROJECTS: few("이름")}, title, desks(city))


def test_a_desk_that_lost_its_store_publishes_again_what_could_be_saved(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    id = publish(city, desk, "살아남은 이름")
    heir = city.enrol(DeviceRole.DESK, "새 검토대")
    with heir.store.change():
        for event, contents in list(events(desk.store.connection, desk.store.device)):
            assert write_again(heir.store, event, contents)
    take_all(kiosk, pages(heir.store))
    assert first_name(city, kiosk) == "살아남은 이름"
    take_all(kiosk, pages(desk.store))
    assert [row.id for row in packs(kiosk.store, desks(city))] == [id]
