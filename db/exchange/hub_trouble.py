"""What goes wrong between a device and its hub: one calm sentence each, and whether trying again
by itself makes sense.
"""

from __future__ import annotations

from enum import StrEnum

from db.problems import Problem, in_brackets
from db.refusals import Refused

LONGEST_WAIT_S = 15 * 60


class Trouble(StrEnum):
    ADDRESS = "address"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    SLOW = "slow"
    CUT = "cut"
    BUSY = "busy"
    FAILING = "failing"
    STRANGE = "strange"
    STRANGER = "stranger"
    NOT_BELIEVED = "not-believed"


_SAID = {
    Trouble.UNREACHABLE: (
        "허브에 연결할 수 없습니다. 네트워크와 주소를 확인하세요. 기록은 이 기기에 남아 있습니다.",
        "the hub cannot be reached; check the network and the address. Nothing is lost here",
    ),
    Trouble.UNTRUSTED: (
        "이 주소의 TLS 인증서를 이 기기가 믿지 않습니다. 시계와 주소를 확인하세요. 도시가 만든 "
        "인증서라면 담당자가 그 뿌리 인증서를 이 기기에 설치해야 합니다.",
        "the TLS certificate of this address is not trusted here; check clock and address. Where "
        "the city made it itself, this device needs its root",
    ),
    Trouble.SLOW: (
        "허브가 제때 대답하지 않습니다. 기록은 이 기기에 남아 있고, 나중에 다시 보냅니다.",
        "the hub does not answer in time; everything stays here and is sent again later",
    ),
    Trouble.CUT: (
        "허브와의 연결이 도중에 끊어졌습니다. 다음에 끊긴 곳부터 이어집니다.",
        "the connection to the hub broke off; next time it goes on from there",
    ),
    Trouble.BUSY: (
        "허브가 바쁩니다. 잠시 뒤에 다시 합니다.",
        "the hub is busy; it is tried again in a while",
    ),
    Trouble.FAILING: (
        "허브에 고장이 있습니다. 허브 담당자에게 알리세요. 기록은 이 기기에 남아 있습니다.",
        "the hub has a fault; tell whoever runs it. Nothing is lost here",
    ),
    Trouble.STRANGE: (
        "허브답지 않은 대답이 왔습니다. 주소가 맞는지, 사이에 다른 장치가 있는지 확인하세요.",
        "the answer is not one a hub gives; check the address and what stands in between",
    ),
    Trouble.STRANGER: (
        "이 도시의 허브라고 믿을 수 없어 아무것도 보내지 않았습니다. 주소와 허브의 등록을 "
        "확인하세요.",
        "not believed to be a hub of this city, so nothing was sent; check the address and the "
        "hub's enrolment",
    ),
    Trouble.NOT_BELIEVED: (
        "허브가 이 기기를 받아들이지 않습니다. 담당자가 등록을 확인해야 합니다.",
        "the hub does not accept this device; its enrolment needs a look",
    ),
}
_HOPELESS = (Trouble.ADDRESS, Trouble.STRANGER, Trouble.NOT_BELIEVED)


def waits_for_people(cause: str | None) -> bool:
    """True for the logged cause of a visit that trying again by itself cannot mend."""
    return cause in _HOPELESS


class HubTrouble(Problem):
    """A visit to the hub ended early. What was taken or confirmed until then stays.

    `place` is the hub's address, `why` a refusal behind it, `after_s` how long the hub itself asks
    to be left alone. What is wrong with an address is `said` by its one judge.
    """

    def __init__(
        self,
        trouble: Trouble,
        place: str,
        detail: str = "",
        *,
        why: Refused | None = None,
        after_s: float | None = None,
        said: tuple[str, str] | None = None,
    ) -> None:
        ko, en = said or _SAID[trouble]
        note_ko, note_en = in_brackets(detail)
        if why is None:
            super().__init__(f"{place}: {ko}{note_ko}", f"{place}: {en}{note_en}")
        else:
            super().__init__(f"{place}: {ko} {why.ko}", f"{place}: {en}: {why.en}")
        self.trouble = trouble
        self.place = place
        self.why = why
        self.after_s = None if after_s is None else min(max(after_s, 0.0), LONGEST_WAIT_S)

    @property
    def hopeless(self) -> bool:
        """True when only a person can help: trying again by itself would change nothing."""
        return self.trouble in _HOPELESS
