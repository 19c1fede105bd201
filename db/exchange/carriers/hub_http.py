"""Calls to a hub over HTTP, each bounded in bytes and seconds, whatever answers.

No redirect is followed, no proxy is taken from the environment, nothing is unpacked on the way,
and without TLS only this very machine is called.
"""

from __future__ import annotations

import asyncio
import ssl
from types import TracebackType

import httpx
import msgspec

from db.exchange.carriers.hub_address import LONGEST_URL, address_fault
from db.exchange.hub_messages import Error
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.problems import Cause

_AILING = frozenset(
    (Cause.FULL, Cause.READ_ONLY, Cause.INPUT_OUTPUT, Cause.CORRUPT, Cause.NO_RIGHTS, Cause.MISSING)
)


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds: until there is a connection, of silence in between, and for a call as a whole."""

    connect_s: float = 10
    silence_s: float = 20
    call_s: float = 60


class Answer(msgspec.Struct, frozen=True):
    status: int
    body: bytes
    retry_after_s: float | None


def checked_address(url: str) -> str:
    """The address without its last slash. Raises HubTrouble."""
    fault = address_fault(url)
    if fault is not None:
        # What stands before an @ may be a password.
        raise HubTrouble(Trouble.ADDRESS, url.rpartition("@")[2][:LONGEST_URL], said=fault)
    return url.rstrip("/")


def _ailing(answer: Answer) -> str:
    """What is wrong with a hub's disk, where it says so: waiting alone does not mend that."""
    try:
        reason = msgspec.json.decode(answer.body, type=Error).reason
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        return ""
    return reason if reason in _AILING else ""


class HubCalls:
    """One connection to `url`, in an `async with` statement."""

    def __init__(self, url: str, patience: Patience | None = None) -> None:
        self.url = checked_address(url)
        self._patience = patience or Patience()
        verify = ssl.create_default_context() if self.url.startswith("https") else False
        self._client = httpx.AsyncClient(
            verify=verify,
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(self._patience.silence_s, connect=self._patience.connect_s),
            limits=httpx.Limits(max_connections=1),
            headers={"Accept-Encoding": "identity", "User-Agent": "cheonman"},
        )

    async def __aenter__(self) -> HubCalls:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def send(
        self, method: str, target: str, headers: dict[str, str], body: bytes, largest: int
    ) -> Answer:
        """One call; the answer's body has at most `largest` bytes. Raises HubTrouble for
        everything that is no answer, and for answers that only ask to come again.
        """
        try:
            async with asyncio.timeout(self._patience.call_s):
                answer = await self._exchange(method, target, headers, body, largest)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise HubTrouble(Trouble.SLOW, self.url) from error
        except httpx.ConnectError as error:
            untrusted = "CERTIFICATE_VERIFY_FAILED" in str(error)
            trouble = Trouble.UNTRUSTED if untrusted else Trouble.UNREACHABLE
            raise HubTrouble(trouble, self.url, str(error)[:120]) from error
        except httpx.RemoteProtocolError as error:
            # Also what a connection that ends before its answer looks like.
            cut = "disconnected" in str(error) or "closed connection" in str(error)
            trouble = Trouble.CUT if cut else Trouble.STRANGE
            raise HubTrouble(trouble, self.url) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise HubTrouble(Trouble.CUT, self.url) from error
        if answer.status in (408, 429, 503):
            ailing = _ailing(answer) if answer.status == 503 else ""
            trouble = Trouble.FAILING if ailing else Trouble.BUSY
            raise HubTrouble(trouble, self.url, ailing, after_s=answer.retry_after_s)
        if answer.status >= 500:
            raise HubTrouble(Trouble.FAILING, self.url, str(answer.status))
        return answer

    async def _exchange(
        self, method: str, target: str, headers: dict[str, str], body: bytes, largest: int
    ) -> Answer:
        async with self._client.stream(
            method, self.url + target, headers=headers, content=body or None
        ) as response:
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise HubTrouble(Trouble.STRANGE, self.url, "packed")
            named = response.headers.get("Content-Length", "")
            if named.isdecimal() and (len(named) > 18 or int(named) > largest):
                raise HubTrouble(Trouble.STRANGE, self.url, f"{named[:18]} bytes")
            taken = bytearray()
            async for part in response.aiter_raw():
                taken += part
                if len(taken) > largest:
                    raise HubTrouble(Trouble.STRANGE, self.url, f"over {largest} bytes")
            wait = response.headers.get("Retry-After", "")
            after_s = float(wait) if wait.isdecimal() and len(wait) < 6 else None
            return Answer(response.status_code, bytes(taken), after_s)
