"""Why something that came from outside was not taken: which file or device, and what to do.

The same words stand on a kiosk's screen, at a prompt and in a notice, so none names a command or a
page; whoever shows them says how it is done there.
"""

from __future__ import annotations

from enum import StrEnum

from db.problems import Problem, in_brackets


class Reason(StrEnum):
    MISSING = "missing"
    DIRECTORY = "directory"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    NOT_FOR_US = "not-for-us"
    FORGED = "forged"
    NOT_ENROLLED = "not-enrolled"
    UNKNOWN_DEVICE = "unknown-device"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ROLE = "role"
    FORK = "fork"
    GAP = "gap"
    OTHER_CITY = "other-city"
    STALE_CHALLENGE = "stale-challenge"
    OLDER_PROGRAM = "older-program"
    DAMAGED_PAPERS = "damaged-papers"
    OTHERS_PAPERS = "others-papers"


_SAID = {
    Reason.MISSING: (
        "그런 파일이 없습니다. 경로와 꽂은 저장 장치를 확인하세요.",
        "there is no such file; check the path and that the stick is there",
    ),
    Reason.DIRECTORY: (
        "파일이 아니라 폴더입니다. 그 안의 파일을 적으세요.",
        "a directory and no file; name the files in it",
    ),
    Reason.UNREADABLE: (
        "읽을 수 없거나 손상되었습니다. 보낸 기기에서 다시 써 주세요.",
        "unreadable or damaged; write it again on the device it came from",
    ),
    Reason.TOO_LARGE: (
        "정해진 크기를 넘습니다. 천만정원이 쓴 파일인지 확인하세요.",
        "larger than allowed; check that Cheonman Garden wrote it",
    ),
    Reason.NOT_FOR_US: (
        "이 기기가 열 수 없게 잠겨 있습니다. 이 기기를 등록한 뒤에 쓴 꾸러미가 필요합니다.",
        "not sealed to this device; it needs a bundle written after this device was enrolled",
    ),
    Reason.OTHERS_PAPERS: (
        "다른 기기에 주려고 만든 파일입니다. 도시 담당자에게서 이 기기의 파일을 받으세요.",
        "made for another device; ask the city for this device's own file",
    ),
    Reason.FORGED: (
        "서명이 맞지 않습니다. 내용이 바뀌었으니 쓰지 말고 담당자에게 알리세요.",
        "the signature does not hold: it was altered; do not use it and tell the person in charge",
    ),
    Reason.NOT_ENROLLED: (
        "이 기기가 아직 등록되지 않았습니다. 먼저 등록을 신청하세요.",
        "this device is not enrolled yet; ask for its enrolment first",
    ),
    Reason.UNKNOWN_DEVICE: (
        "인증서가 없는 기기입니다. 담당자가 그 기기를 등록한 뒤 다시 읽으세요.",
        "no certificate is known for this device; read again once the city has enrolled it",
    ),
    Reason.EXPIRED: (
        "인증서의 기한이 지났습니다. 이 기기의 시계를 확인하고, 맞다면 인증서를 새로 받으세요.",
        "the certificate has expired; check this machine's clock, and if it is right have the "
        "certificate signed anew",
    ),
    Reason.REVOKED: (
        "등록이 취소된 기기입니다. 취소 뒤의 기록은 받지 않고 따로 보관합니다.",
        "this device was revoked; what it wrote afterwards is kept apart and not taken",
    ),
    Reason.ROLE: (
        "이 역할의 기기가 쓸 수 없는 기록이 들어 있습니다. 기기가 도난되지 않았는지 확인하세요.",
        "holds a kind of event its role may not sign; check that the device was not stolen",
    ),
    Reason.FORK: (
        "같은 번호에 다른 기록이 있습니다(복제되었거나 되돌린 기기). 따로 보관했으니, 담당자가 "
        "갈라진 곳 뒤를 도시 열쇠로 취소해야 합니다.",
        "the same number holds another event: the device was cloned or restored; the page is kept "
        "apart, and the city has to revoke the device behind the fork",
    ),
    Reason.GAP: (
        "그 앞의 기록이 아직 없습니다. 앞선 꾸러미를 먼저 읽으세요.",
        "the events before it are not here yet; read the earlier bundle first",
    ),
    Reason.OTHER_CITY: (
        "다른 도시 열쇠의 서류입니다. 지문의 낱말을 담당자와 맞추어 보세요.",
        "signed by another city key than the one this device trusts; compare the fingerprint's "
        "words with the person in charge",
    ),
    Reason.STALE_CHALLENGE: (
        "허브의 물음이 오래되었습니다. 기기가 새 물음을 받아 다시 보냅니다.",
        "the hub's challenge is too old; the device takes a new one and calls again",
    ),
    Reason.OLDER_PROGRAM: (
        "이 기기의 프로그램이 허브보다 옛것입니다. 새 판으로 올리세요. 기록은 이 기기에 남아 "
        "있습니다.",
        "this device's program is older than the hub's; update it. Everything stays on the device",
    ),
    Reason.DAMAGED_PAPERS: (
        "이 기기가 가진 서류가 손상되었습니다. 의견은 그대로 모으고 있습니다. 인증서를 다시 "
        "받으세요.",
        "this device's papers are damaged; it collects all the same. Take its certificate again",
    ),
}


class Refused(Problem):
    """One thing from outside was refused whole. `place` names the file, page or device."""

    def __init__(self, reason: Reason, place: str, detail: str = "") -> None:
        ko, en = _SAID[reason]
        note_ko, note_en = in_brackets(detail)
        super().__init__(f"{place}: {ko}{note_ko}", f"{place}: {en}{note_en}")
        self.reason = reason
        self.place = place
        self.detail = detail

    @classmethod
    def from_os(cls, error: OSError, place: str) -> Refused:
        """What the system would not give of a file."""
        if isinstance(error, FileNotFoundError):
            return cls(Reason.MISSING, place)
        if isinstance(error, IsADirectoryError):
            return cls(Reason.DIRECTORY, place)
        return cls(Reason.UNREADABLE, place, error.strerror or "")
