"""The walk of a publication, by the commands an office makes it with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from db.publishing.packs import catalogue_of, is_current
from db.store.opening import open_store
from tests.db.exchange.machines import Machines

BUILT_IN = Path(__file__).parents[3] / "resources" / "catalogue"
NEW = "test-new-garden"


def folder(root: Path, **changes: object) -> Path:
    """The built-in files with one project more."""
    made = root / "files"
    shutil.copytree(BUILT_IN, made, dirs_exist_ok=True)
    document = json.loads((made / "projects.json").read_text(encoding="utf-8"))
    model = next(p for p in document["projects"] if p["lat"] is not None)
    fresh = model | {"id": NEW, "name_ko": "새 쉼터 정원", "name_en": "New rest garden"}
    document["projects"].append(fresh | {"related": []} | changes)
    (made / "projects.json").write_text(json.dumps(document), encoding="utf-8")
    return made


def publish(machines: Machines, *words: object, status: int = 0) -> Any:
    return machines.run("publish", *words, "--data-dir", machines.of("desk"), status=status)


def test_a_desk_publishes_a_stick_carries_it_and_the_kiosk_shows_it_until_it_is_withdrawn(
    machines: Machines, tmp_path: Path
) -> None:
    kiosk, _desk = machines.enrol("kiosk", "kiosk"), machines.enrol("desk", "desk")
    checked = publish(machines, "pack", folder(tmp_path), "--title", "11월", "--check")
    assert checked["id"] is None
    assert checked["left_out"] == ["phrases.json"]
    assert publish(machines, "list")["packs"] == []
    made = publish(machines, "pack", folder(tmp_path), "--title", "11월")
    publish(machines, "announcement", "--ko", "새 정원을 엽니다.", "--project", NEW)
    machines.carry("kiosk", "desk")
    machines.carry("desk", "kiosk")
    with open_store(kiosk) as store:
        catalogue = catalogue_of(store, kiosk)
        assert NEW in catalogue.project_by_id
        assert is_current(store, catalogue)
    # A paper form at that kiosk may be about the new project.
    words = ("--project", NEW, "--kind", "praise", "--text", "좋아요")
    machines.run("feedback", "add", "--data-dir", kiosk, *words)
    (row,) = publish(machines, "list")["packs"]
    assert (row["id"], row["title"], row["department"]) == (made["id"], "11월", "desk")
    publish(machines, "withdraw", made["id"])
    machines.carry("desk", "kiosk")
    with open_store(kiosk) as store:
        assert not is_current(store, catalogue)
        assert NEW not in catalogue_of(store, kiosk).project_by_id


def test_only_a_desk_publishes_and_hears_which_field_is_wrong(
    machines: Machines, tmp_path: Path
) -> None:
    kiosk = machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    words = ("publish", "announcement", "--ko", "가짜", "--data-dir", kiosk)
    assert "not a desk" in machines.run(*words, status=2)
    wrong = folder(tmp_path, lat=37.5665)
    said = publish(machines, "pack", wrong, "--title", "틀린", status=1)
    assert NEW in said
    assert "lat" in said
    (tmp_path / "empty").mkdir()
    for place, status in ((tmp_path / "empty", 1), (tmp_path / "nowhere", 2)):
        assert str(place) in publish(machines, "pack", place, "--title", "없음", status=status)
    unknown = ("announcement", "--ko", "없는 사업", "--project", "nothing")
    assert "--project" in publish(machines, *unknown, status=2)
    assert "ID" in publish(machines, "withdraw", "0" * 32, status=2)
