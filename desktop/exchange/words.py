"""What exchange is called on the operator's screen, in the visit's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.problems import Cause, Problem, StorageUnavailable
from db.records.event_kinds import KINDS
from desktop.exchange.next_steps import steps_after
from desktop.exchange.results import (
    Job,
    PaperFile,
    PaperKind,
    Row,
    Saved,
    StickRead,
    Why,
    Work,
    Written,
)
from desktop.exchange.standing import Enrolled, Enrolment
from desktop.i18n import language, tr
from desktop.theme.palette import Colour
from desktop.words.dates import until_of

if TYPE_CHECKING:  # the store behind it is heavy
    from db.exchange.status.status import ExchangeStatus

#: Names of files that are shown one by one.
MOST_NAMES = 3


def role_word(role: str) -> str:
    return {"kiosk": tr("키오스크"), "desk": tr("검토대"), "hub": tr("허브")}.get(role, role)


def enrolled_line(enrolment: Enrolment) -> tuple[str, Colour, str]:
    """(icon, colour, words) of what the city says of this device."""
    until = until_of(enrolment.until_us) if enrolment.until_us is not None else ""
    lines: dict[Enrolled, tuple[str, Colour, str]] = {
        Enrolled.NO: ("circle-question-mark", "ink2", tr("등록되지 않음")),
        Enrolled.YES: ("circle-check", "pine", tr("{day}까지 등록됨", day=until)),
        Enrolled.EXPIRED: ("triangle-alert", "warn", tr("{day}에 기한이 지남", day=until)),
        Enrolled.REVOKED: ("circle-x", "danger", tr("등록이 취소됨")),
    }
    return lines[enrolment.enrolled]


def trouble(problem: Problem, *, stick: bool) -> str:
    """Its own sentence, but of a stick what to do with the stick."""
    cause = problem.cause if isinstance(problem, StorageUnavailable) and stick else None
    if cause is Cause.FULL:
        return tr("USB가 가득 찼습니다. 자리가 있는 다른 USB를 꽂으세요.")
    if cause in (Cause.READ_ONLY, Cause.NO_RIGHTS):
        return tr("이 USB에는 쓸 수 없습니다. 쓰기 잠금을 풀거나 다른 USB를 꽂으세요.")
    if cause in (Cause.INPUT_OUTPUT, Cause.NOT_A_DIRECTORY, Cause.MISSING):
        return tr("USB가 뽑혔거나 응답하지 않습니다. 다시 꽂고 한 번 더 해 보세요.")
    return problem.sentence(language())


def trouble_lines(problem: Problem, *, stick: bool) -> list[str]:
    """What is wrong, and where on this screen one goes on."""
    return [trouble(problem, stick=stick), *steps_after(problem)]


def room_words(free_bytes: int) -> str:
    """How much room is left, in the unit people know their sticks by."""
    if free_bytes < 1e9:
        return tr("{n:,.0f} MB 남음", n=free_bytes / 1e6)
    return tr("{n:,.1f} GB 남음", n=free_bytes / 1e9)


def job_words(job: Job) -> str:
    if job.stopping:
        return tr("안전한 곳에서 멈추는 중입니다…")
    return {
        Work.REQUEST: tr("신청서를 쓰는 중입니다…"),
        Work.ACCEPT: tr("서류를 살펴보는 중입니다…"),
        Work.WRITE: tr("꾸러미를 쓰고 되읽어 확인하는 중입니다…"),
        Work.READ: tr("꾸러미를 읽는 중입니다…"),
        Work.RESCUE: tr("읽을 수 있는 기록을 모두 모으는 중입니다…"),
    }[job.work]


def paper_words(file: PaperFile) -> str:
    return {
        PaperKind.OWN: tr("이 기기의 인증서"),
        PaperKind.OTHERS: tr("다른 기기의 인증서나 취소 목록"),
    }[file.kind]


def written_lines(done: Written) -> list[str]:
    """What came of writing: the news first, what follows from it below."""
    if done.problem is not None:
        lines = trouble_lines(done.problem, stick=True)
        if done.files:
            lines.append(tr("다 쓴 꾸러미 {n:,}개는 온전합니다.", n=done.files))
            lines.append(tr("남은 기록은 {n:,}건입니다.", n=done.left))
        return lines
    if not done.events:
        return [tr("새 기록은 없어 서류와 확인만 썼습니다. USB를 뽑아도 됩니다.")]
    return [tr("기록 {n:,}건을 쓰고 확인했습니다. USB를 뽑아도 됩니다.", n=done.events)]


def taken_lines(done: StickRead) -> list[str]:
    """What a reading brought: only what is not nothing."""
    if done.problem is not None:
        lines = trouble_lines(done.problem, stick=True)
    elif done.refusals:
        lines = [tr("다 읽었지만 받지 않은 것이 있습니다. USB를 뽑아도 됩니다.")]
    else:
        lines = [tr("다 읽었습니다. USB를 뽑아도 됩니다.")]
    if done.known:
        new, known = done.new, done.known
        lines.append(tr("새 기록 {new:,}건, 이미 아는 기록 {known:,}건", new=new, known=known))
    else:
        lines.append(tr("새 기록 {n:,}건", n=done.new))
    if done.rejected:
        lines.append(tr("받지 않은 것 {n:,}건", n=done.rejected))
    if done.forks:
        lines.append(tr("갈라짐 경보 {n}건: 복제된 기기가 없는지 확인하세요.", n=done.forks))
    if done.gaps:
        lines.append(tr("기기 {n}대의 앞선 기록이 없습니다. 앞선 꾸러미도 읽으세요.", n=done.gaps))
    if done.skipped:
        lines.append(tr("다른 기기에게 가는 꾸러미 {n}개는 열지 않았습니다.", n=done.skipped))
    return lines


def saved_lines(done: Saved) -> list[str]:
    """What a rescue wrote, and of one that its stick stopped how it goes on."""
    if done.problem is not None:
        lines = trouble_lines(done.problem, stick=True)
        if done.files:
            lines.append(tr("다 쓴 꾸러미 {n:,}개는 온전합니다.", n=len(done.files)))
        lines.append(tr("남은 기록은 {n:,}건입니다.", n=done.left))
        lines.append(tr("다른 USB를 누르면 이어서 담습니다. 쓴 USB는 모두 가져다주세요."))
        return lines
    lines = [tr("기록 {n:,}건을 담았습니다. USB를 담당자에게 가져다주세요.", n=done.events)]
    if done.loose:
        lines.append(tr("서명이 닿지 않는 기록 {n:,}건은 따로 담았습니다.", n=done.loose))
    names = [file.name for file in done.files]
    return [*lines, *(names if len(names) <= MOST_NAMES else [names[0], "…", names[-1]])]


#: Counters in the order in which they ask for somebody.
COUNTERS = ("pending", "sent-not-confirmed", "conflicts", "forks", "kept-apart")


def counter_word(counter: str) -> str:
    return {
        "pending": tr("보낼 기록"),
        "sent-not-confirmed": tr("보냈고 확인 전"),
        "conflicts": tr("엇갈린 결정"),
        "forks": tr("갈라짐 경보"),
        "kept-apart": tr("따로 둔 기록"),
    }[counter]


def counted(status: ExchangeStatus, counter: str) -> int:
    return {
        "pending": status.pending,
        "sent-not-confirmed": status.sent_not_confirmed,
        "conflicts": status.conflicts,
        "forks": status.forks,
        "kept-apart": status.kept_apart,
    }[counter]


def counter_meaning(counter: str) -> str:
    """What its rows are, and who does what about them."""
    return {
        "pending": tr("이 기기에만 있는 기록입니다. USB에 쓰거나 허브로 보내면 줄어듭니다."),
        "sent-not-confirmed": tr(
            "보냈지만 받았다는 확인이 아직 오지 않은 기록입니다. "
            "확인은 다음에 읽는 꾸러미나 허브로 옵니다."
        ),
        "conflicts": tr(
            "두 담당자가 서로 다르게 결정한 의견입니다. 검토대에서 하나로 정하면 사라집니다."
        ),
        "forks": tr(
            "한 기기의 같은 번호에 다른 기록이 있습니다. "
            "복제하거나 되돌린 기기가 없는지 담당자에게 알리세요."
        ),
        "kept-apart": tr(
            "믿을 수 없어 받지 않고 따로 둔 기록입니다. 저절로 지워지지 않으니, "
            "열어 보고 담당자에게 알린 뒤 버리세요."
        ),
    }[counter]


def why_word(why: Why) -> str:
    return {
        Why.CLONED: tr("복제하거나 되돌린 기기가 쓴 기록"),
        Why.HELD: tr("같은 내용이 다른 곳에 온전히 있음"),
        Why.TRIAL: tr("시험 삼아 쓴 기록"),
        Why.TOLD: tr("담당자가 버리라고 함"),
    }[why]


def row_place(row: Row) -> str:
    """Whose it is, and under which numbers."""
    return f"{row.who} · {numbers_words(row.first, row.last)}" if row.first else row.who


def numbers_words(first: int, last: int) -> str:
    if last > first:
        return tr("{first:,}~{last:,}번", first=first, last=last)
    return tr("{n:,}번", n=first)


def row_word(row: Row) -> str:
    """What stands on a row: the kind of event, or why it is in quarantine."""
    kind = KINDS.get(row.what)
    if kind is not None:
        return kind.word.in_(language())
    words = {
        "conflict": tr("의견"),
        "fork": tr("같은 번호의 다른 기록"),
        "claim": tr("이 기기가 쓰지 않은 기록"),
        "revoked": tr("취소된 기기의 기록"),
        "expired": tr("기한이 지난 기기의 기록"),
        "role": tr("역할에 맞지 않는 기록"),
        "unknown-device": tr("모르는 기기의 기록"),
    }
    return words.get(row.what, tr("그 밖의 기록"))
