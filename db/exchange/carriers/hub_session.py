"""One visit to a hub as far as names go: who the hub is, who this device is, signed calls.

The hub is believed because the city signed its certificate and it signed its challenge; this
device because it signs each call over that challenge.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

import msgspec

from db.exchange.carriers.hub_http import Answer, HubCalls
from db.exchange.enrolment.accepting import accept_papers
from db.exchange.hub_messages import Error, Greeting
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.call_signature import check_challenge, sign_call
from db.exchange.trust.papers import Papers, Signed, parsed
from db.keys.device import DeviceKeys
from db.refusals import Reason, Refused

T = TypeVar("T")
_Document = TypeVar("_Document", bound=msgspec.Struct)
_SMALL = 64 * 1024

Breath = Callable[[], Awaitable[None]]
"""Awaited before every piece of work; a kiosk waits here while somebody touches the screen."""


class OnStore(Protocol):
    """Does one short piece of work with the store, on the thread that owns it."""

    async def __call__(self, act: Callable[[StoreShelf], T]) -> T: ...


async def no_breath() -> None:
    """For whoever has nothing else to do."""


class HubSession:
    """Signed calls to the hub behind `calls`. `on_store` and `breath` are waited for in between."""

    def __init__(self, on_store: OnStore, calls: HubCalls, breath: Breath = no_breath) -> None:
        self.url = calls.url
        self._on_store, self._calls, self._breath = on_store, calls, breath
        self._keys: DeviceKeys | None = None
        self._challenge: Signed | None = None

    async def on_store(self, act: Callable[[StoreShelf], T]) -> T:
        await self._breath()
        return await self._on_store(act)

    async def meet(self) -> None:
        """Asks who the hub is and takes its challenge. Raises HubTrouble for a stranger, Refused
        where this device has no papers itself.
        """
        self._keys = await self._on_store(_own_keys)
        await self._breath()
        answer = await self._calls.send("GET", "/v1/hub", {}, b"", _SMALL)
        greeting = self.document(answer, Greeting)
        try:
            await self._on_store(lambda shelf: _recognise(shelf, greeting, self.url))
        except Refused as refused:
            raise HubTrouble(Trouble.STRANGER, self.url, why=refused) from refused
        self._challenge = greeting.challenge

    async def call(
        self, method: str, target: str, body: bytes = b"", *, largest: int = _SMALL
    ) -> Answer:
        """One signed call. A challenge that grew old and a hub that does not know this device yet
        are cured on the way; every other 401 is the end.
        """
        cured: set[Reason] = set()
        while True:
            assert self._keys is not None and self._challenge is not None
            await self._breath()
            headers = sign_call(self._keys, self._challenge, method, target, body)
            answer = await self._calls.send(method, target, headers, body, largest)
            if answer.status != 401:
                return answer
            reason = self._reason(answer)
            if reason in cured or reason not in (Reason.STALE_CHALLENGE, Reason.UNKNOWN_DEVICE):
                raise HubTrouble(Trouble.NOT_BELIEVED, self.url, why=Refused(reason, "401"))
            cured.add(reason)
            if reason is Reason.STALE_CHALLENGE:
                await self.meet()
            else:
                await self._introduce()

    def document(self, answer: Answer, kind: type[_Document]) -> _Document:
        """The JSON of a call that went well. Raises HubTrouble for anything else."""
        if answer.status != 200:
            raise HubTrouble(Trouble.STRANGE, self.url, str(answer.status))
        try:
            return parsed(answer.body, kind, self.url)
        except Refused as refused:
            raise HubTrouble(Trouble.STRANGE, self.url, refused.detail) from refused

    async def _introduce(self) -> None:
        certificate = await self._on_store(
            lambda shelf: shelf.trust.signed_certificate(shelf.store.device)
        )
        body = msgspec.json.encode(certificate)
        answer = await self._calls.send("POST", "/v1/certificate", {}, body, _SMALL)
        if answer.status != 200:
            raise HubTrouble(
                Trouble.NOT_BELIEVED, self.url, why=Refused(self._reason(answer), "certificate")
            )

    def _reason(self, answer: Answer) -> Reason:
        """Why the hub refused. Its own words are left aside: they may be anybody's."""
        try:
            return Reason(parsed(answer.body, Error, self.url).reason)
        except (Refused, ValueError):
            return Reason.UNREADABLE


def _own_keys(shelf: StoreShelf) -> DeviceKeys:
    device = shelf.store.device
    if shelf.trust.city is None or device not in shelf.trust.certificates:
        raise Refused(Reason.NOT_ENROLLED, device)
    if shelf.trust.revocation(device) is not None:
        raise Refused(Reason.REVOKED, device)
    return shelf.store.keys


def _recognise(shelf: StoreShelf, greeting: Greeting, place: str) -> None:
    """Takes over the hub's certificate where it is new, and checks that the challenge is its own.

    Raises Refused.
    """
    papers = shelf.trust.papers()
    assert papers is not None
    offered = Papers(
        version=1, city=greeting.city, list=papers.list, certificates=(greeting.certificate,)
    )
    accept_papers(shelf, offered, place)
    challenge = check_challenge(shelf.trust, greeting.challenge, place)
    if challenge.hub != greeting.device:
        raise Refused(Reason.FORGED, place, challenge.hub)
