"""Kiosks that never stop sending: signed pages to the one address, each until it is taken."""

from __future__ import annotations

import time
from collections import Counter
from ssl import SSLContext
from threading import Thread
from typing import Any

import httpx
import msgspec

from db.clock import system_clock
from db.exchange.enrolment.authority import Authority
from db.exchange.pages.exporting import export_pages
from db.exchange.trust.call_signature import sign_call
from db.exchange.trust.papers import DeviceRole, Request, Signed
from db.keys.age_files import Identity
from db.keys.device import DeviceKeys
from db.participation.feedback import add_feedback
from db.store.page import Page, read_page
from tests.db.in_memory import keys, memory_store, praise
from tests.rehearsal.processes import ended, wait_until

EVENTS_A_PAGE = 50
_LETTERS = "우리 동네 하천을 따라 그늘이 되는 나무를 더 심어 주세요. "
_TEXT = (_LETTERS * 8)[:220]
#: A call that hangs longer is made again, as a kiosk does.
_PATIENCE = httpx.Timeout(20, connect=3)
#: Seconds between two pages. Kiosks that never rest take the processor from the machines they wait
#: for, and what they wrote meanwhile must all be read back.
_PAUSE = 0.1


class Caller:
    """Signs calls as one device; one challenge serves many calls."""

    def __init__(self, device: DeviceKeys, address: str, trusts: SSLContext) -> None:
        self._device = device
        self._client = httpx.Client(base_url=address, verify=trusts, timeout=_PATIENCE)
        self._challenge: Signed | None = None

    def call(self, method: str, target: str, body: bytes = b"") -> httpx.Response:
        """Raises httpx.HTTPError, also when the hub cannot even say who it is."""
        if self._challenge is None:
            greeting = self._client.get("/v1/hub").raise_for_status().json()
            self._challenge = msgspec.convert(greeting["challenge"], Signed)
        headers = sign_call(self._device, self._challenge, method, target, body)
        answer = self._client.request(method, target, content=body, headers=headers)
        if answer.status_code == 401:
            self._challenge = None
        return answer

    def close(self) -> None:
        self._client.close()


class Kiosk:
    """One kiosk with a journal of its own, writing as long as it runs."""

    def __init__(self, number: int, authority: Authority) -> None:
        self.keys = keys(number)
        age = Identity.generate().recipient
        request = Request(public_key=self.keys.public.hex(), age=age, name="", at_us=system_clock())
        authority.sign(request, DeviceRole.KIOSK, f"rehearsal {number}")
        self._number = number
        self.acknowledged: dict[int, bytes] = {}
        """The link of every event a hub has answered for."""
        self.times: list[float] = []
        """When each page was acknowledged."""
        self.refusals: Counter[str] = Counter()
        """Answers and failures that were no acknowledgement, by kind."""
        self.failure: BaseException | None = None
        self._stopping = False
        self._thread: Thread | None = None

    def start(self, address: str, trusts: SSLContext) -> None:
        self._thread = Thread(target=self._run, args=(address, trusts), name="kiosk")
        self._thread.start()

    def ask_to_stop(self) -> None:
        self._stopping = True

    def stop(self) -> None:
        """Ends after the page that is under way."""
        self.ask_to_stop()
        if self._thread is not None:
            self._thread.join()

    def _run(self, address: str, trusts: SSLContext) -> None:
        caller = Caller(self.keys, address, trusts)
        try:
            with memory_store(self._number, system_clock) as store:
                while not self._stopping:
                    for _ in range(EVENTS_A_PAGE):
                        add_feedback(store, praise(_TEXT))
                    sent = max(self.acknowledged, default=0)
                    for written in export_pages(store, {self.keys.device: sent}):
                        self._deliver(caller, written.data)
                    ended.wait(_PAUSE)
        except Exception as error:
            self.failure = error
        finally:
            caller.close()

    def _deliver(self, caller: Caller, data: bytes) -> None:
        """Again and again until a hub says that it has the page, or the rehearsal stops."""
        page = read_page(data)
        while not (self._stopping or ended.is_set()):
            try:
                answer = caller.call("POST", "/v1/pages", data)
            except httpx.HTTPError as error:
                self.refusals[type(error).__name__] += 1
                ended.wait(0.1)
                continue
            if answer.status_code == 200 and _has_all(answer.json(), page):
                self.acknowledged |= {event.seq: event.chain for event in page.events}
                self.times.append(time.monotonic())
                return
            self.refusals[_refusal(answer)] += 1
            ended.wait(0.1)


def _has_all(outcome: dict[str, Any], page: Page) -> bool:
    taken: int = outcome["new"] + outcome["known"]
    return taken == len(page.events)


def _refusal(answer: httpx.Response) -> str:
    """The status, and the reason where it was a hub that answered."""
    try:
        return f"{answer.status_code} {answer.json()['reason']}"
    except (ValueError, KeyError):
        return str(answer.status_code)


class Kiosks:
    """All of them together."""

    def __init__(self, count: int, authority: Authority) -> None:
        # A hub's own number never comes near: its keys are drawn.
        self.each = [Kiosk(number, authority) for number in range(1, count + 1)]

    def start(self, address: str, trusts: SSLContext) -> None:
        for kiosk in self.each:
            kiosk.start(address, trusts)

    def stop(self) -> None:
        for kiosk in self.each:
            kiosk.ask_to_stop()
        for kiosk in self.each:
            kiosk.stop()

    @property
    def pages(self) -> int:
        return sum(len(kiosk.times) for kiosk in self.each)

    @property
    def events(self) -> int:
        return sum(len(kiosk.acknowledged) for kiosk in self.each)

    def refusals(self) -> dict[str, int]:
        return dict(sum((kiosk.refusals for kiosk in self.each), Counter()))

    def wait_for_pages(self, more: int, seconds: float) -> None:
        """Until every kiosk has had so many more pages acknowledged. Raises NotInTime."""
        goals = {kiosk: len(kiosk.times) + more for kiosk in self.each}

        def reached() -> bool:
            for kiosk in self.each:
                if kiosk.failure is not None:
                    raise kiosk.failure
            return all(len(kiosk.times) >= goal for kiosk, goal in goals.items())

        wait_until(f"{more} more pages of every kiosk", reached, seconds)

    def longest_silence(self, since: float) -> float:
        """Seconds of the longest time without any acknowledgement, from `since` until the last."""
        times = sorted(at for kiosk in self.each for at in kiosk.times if at > since)
        pauses = [now - before for before, now in zip([since, *times], times, strict=False)]
        return max(pauses, default=0.0)
