"""What the inbox calls things: states, due dates, sections, values of facets."""

from __future__ import annotations

from datetime import date

from db.inbox.filters import NONE, DueIn, Facet, Sort
from db.inbox.rows import InboxRow
from db.records.catalogue import Catalogue
from db.records.feedback import ReviewState
from desktop.desk.inbox.state import Glance
from desktop.i18n import language, tr
from desktop.theme.desk_palette import DeskColour
from desktop.words.feedback import kind_word, office_state_word
from desktop.words.project import theme_word


def section_word(due: DueIn) -> str:
    match due:
        case DueIn.OVERDUE:
            return tr("기한 지남")
        case DueIn.TODAY:
            return tr("오늘까지")
        case DueIn.THIS_WEEK:
            return tr("이번 주")
        case DueIn.LATER:
            return tr("그 뒤")
        case DueIn.NO_DATE:
            return tr("기한 없음")
        case DueIn.CLOSED:
            return tr("끝난 의견")


def glance_word(glance: Glance) -> str:
    match glance:
        case Glance.ALL:
            return tr("전체")
        case Glance.OPEN:
            return tr("열린 의견")
        case Glance.OVERDUE:
            return tr("기한 지남")
        case Glance.TODAY:
            return tr("오늘까지")


def sort_word(sort: Sort) -> str:
    match sort:
        case Sort.DUE:
            return tr("기한 빠른 순")
        case Sort.NEWEST:
            return tr("새로 받은 순")
        case Sort.OLDEST:
            return tr("먼저 받은 순")


def facet_word(facet: Facet) -> str:
    match facet:
        case Facet.STATE:
            return tr("상태")
        case Facet.KIND:
            return tr("종류")
        case Facet.THEME:
            return tr("분야")
        case Facet.PROJECT:
            return tr("사업")
        case Facet.DONG:
            return tr("동")
        case Facet.SITE:
            return tr("받은 곳")
        case Facet.CONTACT:
            return tr("연락처")
        case Facet.DUE:
            return tr("기한")
        case Facet.DEPARTMENT:
            return tr("담당부서")


def value_word(facet: Facet, value: str, catalogue: Catalogue) -> str:
    """One value of a facet as the desk calls it."""
    match facet:
        case Facet.STATE:
            return office_state_word(ReviewState(value))
        case Facet.KIND:
            return kind_word(value) if value else tr("지워짐")
        case Facet.THEME:
            return theme_word(value) if value else tr("사업 없음")
        case Facet.PROJECT:
            return project_word(value, catalogue) if value else tr("사업 없음")
        case Facet.SITE:
            return site_word(value, catalogue)
        case Facet.CONTACT:
            return tr("남김 (봉인)") if value == "yes" else tr("없음")
        case Facet.DUE:
            return section_word(DueIn(value))
        case Facet.DONG:
            return value if value != NONE else tr("동 없음")
        case Facet.DEPARTMENT:
            return value if value != NONE else tr("지정 안 됨")


def project_word(project: str, catalogue: Catalogue) -> str:
    known = catalogue.project_by_id.get(project)
    return project if known is None else known.name(language())


def site_word(site: str | None, catalogue: Catalogue) -> str:
    if not site:
        return tr("알 수 없음")
    known = catalogue.landmark_by_id.get(site)
    return site if known is None else known.name(language())


def due_words(row: InboxRow, today: date) -> tuple[str, DeskColour, bool]:
    """When an answer is due: the words, their colour, and whether a clock stands before them."""
    if row.due_in is DueIn.CLOSED:
        return "", "third", False
    if row.due is None:
        return tr("기한 없음"), "third", False
    left = (row.due - today).days
    if left < 0:
        return tr("{n}일 지남", n=-left), "fault", True
    if left == 0:
        return tr("오늘까지"), "warning", True
    return f"D-{left:,}", "text", left <= 2


def first_words(row: InboxRow) -> str:
    """The name of an opinion is its own first words; one that was sent without any says so."""
    feedback = row.feedback
    if feedback.erased:
        return tr("지워진 의견")
    text = " ".join(feedback.text.split())
    return text or tr("글 없이 보낸 의견")
