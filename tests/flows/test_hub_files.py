"""The files for several hubs fit together: names, programs that read them, and both guides."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from string import Template

import pytest
import yaml

from desktop.commands import hub
from tests.left_out import leave_out
from tests.rehearsal.front import Front
from tests.rehearsal.places import HUB_FILES, NODES, Places, example_settings, fill, read_settings

TEMPLATES = ("etcd.env", "patroni.yml", "haproxy.cfg", "hub.env", "pgpass.conf", "keepalived.conf")
GUIDES = ("HUB.en.md", "HUB.ko.md")


def text(name: str) -> str:
    return (HUB_FILES / name).read_text(encoding="utf-8")


def names_in(name: str) -> set[str]:
    return set(Template(text(name)).get_identifiers())


def blocks(guide: str) -> list[str]:
    return re.findall(r"^```\n(.*?)^```", text(guide), re.DOTALL | re.MULTILINE)


@pytest.fixture
def places() -> Iterator[Places]:
    made = Places()
    yield made
    made.remove()


def program(name: str) -> str:
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/bin")
    return found or leave_out(f"{name} is not installed")


def test_the_one_settings_file_explains_every_name_and_no_other() -> None:
    used = set[str]().union(*(names_in(name) for name in TEMPLATES))
    assert used == set(example_settings())


def test_a_commit_counts_only_when_a_copy_has_it_too() -> None:
    filled = yaml.safe_load(fill("patroni.yml", example_settings()))
    shared = filled["bootstrap"]["dcs"]
    assert shared["synchronous_mode"] is shared["synchronous_mode_strict"] is True
    assert shared["postgresql"]["parameters"]["synchronous_commit"] == "on"
    assert shared["primary_start_timeout"] == 0
    # Patroni's own rule: a leader must notice that it is alone before another one is chosen.
    assert shared["ttl"] >= shared["loop_wait"] + 2 * shared["retry_timeout"]
    assert "data-checksums" in filled["bootstrap"]["initdb"]


def test_patroni_itself_accepts_its_configuration(places: Places) -> None:
    command = [program("patroni"), "--validate-config"]
    config = places.root / "patroni.yml"
    config.write_text(places.filled("patroni.yml", NODES[0]), encoding="utf-8")
    finished = subprocess.run([*command, str(config)], capture_output=True, text=True, timeout=30)
    said = finished.stdout + finished.stderr
    # It also asks etcd, which is not there, and names two things that it can do without.
    known = ("etcd3.hosts.", "bootstrap.pg_hba ", "postgresql.authentication.rewind ")
    wrong = [line for line in said.splitlines() if line.strip() and not line.startswith(known)]
    assert "etcd3.hosts.2" in said
    assert not wrong, said


def test_haproxy_itself_accepts_its_configuration(places: Places) -> None:
    command = program("haproxy")
    Front(places).make_certificate()
    config = places.root / "haproxy.cfg"
    config.write_text(places.haproxy(), encoding="utf-8")
    finished = subprocess.run(
        [command, "-c", "-f", str(config)], capture_output=True, text=True, timeout=30, check=False
    )
    assert finished.returncode == 0, finished.stderr


def test_the_unit_starts_the_hub_with_options_it_has() -> None:
    (start,) = re.findall(r"^ExecStart=(.*)$", text("cheonman-hub.service"), re.MULTILINE)
    settings = read_settings(fill("hub.env", example_settings()))
    _program, command, *words = shlex.split(Template(start).substitute(settings))
    parser = argparse.ArgumentParser(exit_on_error=False, allow_abbrev=False)
    hub.add_arguments(parser)
    asked = parser.parse_args(words)
    assert command == "hub"
    assert asked.database.count(":5432") == len(NODES)
    assert "target_session_attrs=read-write" in asked.database
    assert asked.listen == settings["LISTEN"]


def test_no_password_stands_on_a_command_line() -> None:
    settings = example_settings() | {"HUB_PASSWORD": "open-sesame"}
    assert "open-sesame" not in fill("hub.env", settings)
    assert "open-sesame" in fill("pgpass.conf", settings)


def test_both_guides_give_the_same_commands_and_a_shell_can_read_them() -> None:
    english, korean = (blocks(guide) for guide in GUIDES)
    assert english == korean
    for block in english:
        check = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True)
        assert check.returncode == 0, f"{block}\n{check.stderr}"


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_names_every_file_an_installer_needs(guide: str) -> None:
    files = {path.name for path in HUB_FILES.iterdir() if path.suffix != ".md"}
    assert files <= set(re.findall(r"[\w.-]+", text(guide)))
