"""The published interface is true: whatever it allows or forbids, the hub answers as it says."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pysqlite3.dbapi2 as sqlite
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, checks
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from db.directory import DataDirectory
from db.exchange.trust.call_signature import HEADERS
from db.exchange.trust.trust import load_trust
from db.hub.database.opening import open_shelf
from db.hub.database.schema import TABLES
from db.hub.limits import Limits
from tests.db.hub_web.running import Caller

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
CHECKS = [
    checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES, SOAK = 10, 2_000
"""Calls of each operation: as many that the document allows, and as many that it forbids."""

UNBELIEVED = {400, 401, 413, 414, 415, 431}
"""What a call may hear whose sender nobody believes: its form is looked at before its signature."""

Seen = dict[str, set[int]]


@pytest.fixture
def limits() -> Limits:
    # Every call comes from one address here, and none may be turned away for that.
    return Limits(stranger_misses=10_000_000, device_calls=10_000_000)


@pytest.fixture
def hub_dir(hub_dir: Path, database: str) -> Path:
    """A hub whose database has its papers already, so that it changes nothing by itself."""
    trust = load_trust(DataDirectory(hub_dir))
    papers = trust.papers()
    assert papers is not None
    with closing(open_shelf(database, trust)) as shelf:
        shelf.run(lambda: shelf.keep_papers(papers))
    return hub_dir


@pytest.fixture
def api(hub: str) -> Any:
    """The document as the running hub gives it."""
    return httpx.get(f"{hub}/openapi.json", trust_env=False).json()


class SignedBy(requests.auth.AuthBase):
    """Signs each call as an enrolled device, just before it leaves."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def __call__(self, call: requests.PreparedRequest) -> requests.PreparedRequest:
        body = call.body.encode() if isinstance(call.body, str) else call.body or b""
        assert isinstance(body, bytes) and call.method is not None
        call.headers.update(self._caller.headers(call.method, call.path_url, body))
        return call


def state(database: str, hub_dir: Path) -> dict[str, object]:
    """Everything a hub keeps: the rows of its database and the files beside it."""
    with closing(sqlite.connect(database.removeprefix("sqlite:///"))) as connection:
        kept: dict[str, object] = {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in TABLES
        }
    for file in sorted(each for each in hub_dir.rglob("*") if each.is_file()):
        kept[str(file)] = hashlib.sha256(file.read_bytes()).hexdigest()
    return kept


def ask_everything(api: Any, hub: str, examples: int, auth: SignedBy | None = None) -> Seen:
    """Asks what the document allows and what it forbids; the statuses each operation gave."""
    seen: Seen = defaultdict(set)
    with requests.Session() as session:
        session.trust_env = False
        for found in schemathesis.openapi.from_dict(api).get_all_operations():
            assert isinstance(found, Ok)
            operation = found.ok()
            for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:

                @settings(
                    max_examples=examples,
                    deadline=None,
                    database=None,
                    print_blob=True,
                    phases=(Phase.explicit, Phase.generate),
                    suppress_health_check=list(HealthCheck),
                )
                @given(case=operation.as_strategy(mode))
                def ask(case: schemathesis.Case[Any]) -> None:
                    response = case.call(base_url=hub, session=session, auth=auth)
                    case.validate_response(response, checks=CHECKS)
                    seen[case.operation.label].add(response.status_code)

                try:
                    ask()
                except Unsatisfiable:
                    # Nothing can be wrong about a call that takes nothing.
                    assert mode is GenerationMode.NEGATIVE
    return seen


def ask_as_nobody(api: Any, hub: str, database: str, hub_dir: Path, examples: int) -> None:
    before = state(database, hub_dir)
    seen = ask_everything(api, hub, examples)
    assert state(database, hub_dir) == before
    assert seen.keys() == {
        f"{method.upper()} {path}" for path, routes in api["paths"].items() for method in routes
    }
    for path, routes in api["paths"].items():
        for method, route in routes.items():
            if "security" in route:
                assert not seen[f"{method.upper()} {path}"] - UNBELIEVED


def ask_as_a_device(
    api: Any, at_kiosk: Caller, database: str, hub_dir: Path, examples: int
) -> None:
    assert at_kiosk.get("/v1/word").status_code == 200
    before = state(database, hub_dir)
    seen = ask_everything(api, at_kiosk.address, examples, SignedBy(at_kiosk))
    assert state(database, hub_dir) == before
    assert not any(401 in statuses for statuses in seen.values())
    assert {"GET /v1/papers", "GET /v1/word", "GET /v1/words"} <= {
        label for label, statuses in seen.items() if 200 in statuses
    }
    assert 422 in seen["POST /v1/pages"] and 204 in seen["GET /v1/pages"]


def test_who_is_nobody_gets_documented_answers_and_changes_nothing(
    api: Any, hub: str, database: str, hub_dir: Path
) -> None:
    ask_as_nobody(api, hub, database, hub_dir, EXAMPLES)


def test_an_enrolled_device_gets_documented_answers_whatever_it_sends(
    api: Any, at_kiosk: Caller, database: str, hub_dir: Path
) -> None:
    ask_as_a_device(api, at_kiosk, database, hub_dir, EXAMPLES)


@pytest.mark.soak
def test_nobody_asks_for_long(api: Any, hub: str, database: str, hub_dir: Path) -> None:
    ask_as_nobody(api, hub, database, hub_dir, SOAK)


@pytest.mark.soak
def test_an_enrolled_device_asks_for_long(
    api: Any, at_kiosk: Caller, database: str, hub_dir: Path
) -> None:
    ask_as_a_device(api, at_kiosk, database, hub_dir, SOAK)


def test_what_is_not_named_is_refused_in_the_shape_of_every_refusal(api: Any, hub: str) -> None:
    with httpx.Client(base_url=hub, trust_env=False) as http:
        for path, routes in api["paths"].items():
            for method in set(METHODS) - {each.upper() for each in routes}:
                answered = http.request(method, path)
                assert (answered.status_code, answered.json()["reason"]) == (405, "method")
                assert answered.headers["Allow"]
        answered = http.get("/v1/nothing")
        assert (answered.status_code, answered.json()["reason"]) == (404, "not-found")


def test_every_call_of_a_device_asks_for_all_its_headers(api: Any) -> None:
    schemes = api["components"]["securitySchemes"]
    assert {each["name"] for each in schemes.values()} == set(HEADERS)
    for path, routes in api["paths"].items():
        for route in routes.values():
            is_signed = path.startswith("/v1") and path not in ("/v1/hub", "/v1/certificate")
            every: dict[str, list[str]] = {name: [] for name in schemes}
            assert route.get("security", []) == ([every] if is_signed else [])


def test_every_body_names_its_size_and_every_refusal_to_come_again_its_seconds(api: Any) -> None:
    for routes in api["paths"].values():
        for method, route in routes.items():
            if method == "post":
                assert "bytes" in route["requestBody"]["description"]
                assert {"413", "415"} <= route["responses"].keys()
            assert {"400", "408", "414", "431", "500"} <= route["responses"].keys()
            for status in {"408", "429"} & route["responses"].keys():
                assert "Retry-After" in route["responses"][status]["headers"]


def test_only_what_can_miss_is_ever_told_that_it_called_too_often(api: Any) -> None:
    for path in ("/health", "/metrics", "/v1/hub"):
        assert "429" not in api["paths"][path]["get"]["responses"]
    for path in ("/v1/certificate", "/v1/pages", "/v1/words"):
        assert "429" in api["paths"][path]["post"]["responses"]


def test_a_look_with_head_gets_the_head_of_the_answer_alone(api: Any, hub: str) -> None:
    with httpx.Client(base_url=hub, trust_env=False) as http:
        for path in ("/health", "/metrics", "/openapi.json", "/"):
            told, whole = http.head(path), http.get(path)
            assert (told.status_code, told.content) == (200, b"")
            assert told.headers["content-type"] == whole.headers["content-type"]
            assert whole.content
        for path in ("/nothing", f"/r/{'a' * 22}", "/r/x/"):
            told = http.head(path)
            assert (told.status_code, told.content) == (404, b"")
        # Devices sign what they ask for; nothing of theirs is only looked at.
        assert {http.head(path).status_code for path in api["paths"] if "/v1" in path} == {405}
