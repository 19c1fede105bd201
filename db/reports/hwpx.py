"""A report as HWPX, the document Korean offices work in (KS X 6101, OWPML): a zip of XML.

Only what a report needs: one section on A4, three sizes of letters, tables whose head comes again
on every page.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from db.reports.tables import Cell, Document, Table, shown

MIMETYPE = "application/hwp+zip"
_URN = "http://www.hancom.co.kr/hwpml/2011"
_SPACES = " ".join(
    f'xmlns:{prefix}="{_URN}/{name}"'
    for prefix, name in (
        *(("ha", "app"), ("hp", "paragraph"), ("hs", "section")),
        *(("hc", "core"), ("hh", "head")),
    )
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'
_SCRIPTS = ("HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER")
_WIDTH, _HEIGHT, _MARGIN = 59528, 84188, 5669
"""A4 and 20 mm, in hundredths of a point."""
_ROOM = _WIDTH - 2 * _MARGIN
_FIRST, _LINE = 9000, 1900
# Shapes of letters (size in hundredths of a point, bold) by number.
_TEXT, _STRONG, _TITLE = 0, 1, 2
_LETTERS = ((900, False), (900, True), (1600, True))
_LEFT, _RIGHT, _CENTRE = 0, 1, 2
_PLAIN, _EDGED, _HEAD = 1, 2, 3
# A date in the file would make the same report differ.
_EPOCH = (2026, 1, 1, 0, 0, 0)


def hwpx_bytes(report: Document) -> bytes:
    """The whole file."""
    parts = {
        "version.xml": _version(),
        "settings.xml": f"{_XML}<ha:HWPApplicationSetting {_SPACES}><ha:CaretPosition "
        'listIDRef="0" paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>',
        "META-INF/container.xml": _container(),
        "META-INF/manifest.xml": f"{_XML}<odf:manifest "
        'xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        "Contents/content.hpf": _contents(report.title),
        "Contents/header.xml": _head(),
        "Contents/section0.xml": _section(report),
        "Preview/PrvText.txt": "\n".join((report.title, *report.remarks)),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as out:
        # First and uncompressed: so a reader knows the file by its first bytes.
        out.writestr(zipfile.ZipInfo("mimetype", _EPOCH), MIMETYPE)
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, text)
    return file.getvalue()


def _version() -> str:
    return (
        f'{_XML}<hv:HCFVersion xmlns:hv="{_URN}/version" tagetApplication="WORDPROCESSOR"'
        ' major="5" minor="1" micro="0" buildNumber="1" os="1" xmlVersion="1.4"'
        ' application="cheonman" appVersion="1"/>'
    )


def _container() -> str:
    return (
        f'{_XML}<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<ocf:rootfiles><ocf:rootfile full-path="Contents/content.hpf"'
        ' media-type="application/hwpml-package+xml"/><ocf:rootfile'
        ' full-path="Preview/PrvText.txt" media-type="text/plain"/></ocf:rootfiles>'
        "</ocf:container>"
    )


def _contents(title: str) -> str:
    items = (("header", "Contents/header.xml"), ("section0", "Contents/section0.xml"))
    listed = "".join(
        f'<opf:item id="{id}" href="{place}" media-type="application/xml"/>' for id, place in items
    )
    return (
        f'{_XML}<opf:package xmlns:opf="http://www.idpf.org/2007/opf/" version="" '
        f'unique-identifier="" id=""><opf:metadata><opf:title>{escape(title)}</opf:title>'
        "<opf:language>ko</opf:language></opf:metadata>"
        f'<opf:manifest>{listed}<opf:item id="settings" href="settings.xml"'
        ' media-type="application/xml"/></opf:manifest><opf:spine><opf:itemref idref="header"'
        ' linear="yes"/><opf:itemref idref="section0" linear="yes"/></opf:spine></opf:package>'
    )


# -- what the body refers to -----------------------------------------------------------------------


def _head() -> str:
    fonts = "".join(
        f'<hh:fontface lang="{script}" fontCnt="1"><hh:font id="0" face="함초롬바탕" type="TTF"'
        ' isEmbedded="0"/></hh:fontface>'
        for script in _SCRIPTS
    )
    letters = "".join(_letters(number, *each) for number, each in enumerate(_LETTERS))
    aligned = "".join(
        _aligned(number, each) for number, each in enumerate(("LEFT", "RIGHT", "CENTER"))
    )
    return (
        f'{_XML}<hh:head {_SPACES} version="1.4" secCnt="1"><hh:beginNum page="1" footnote="1"'
        ' endnote="1" pic="1" tbl="1" equation="1"/><hh:refList>'
        f'<hh:fontfaces itemCnt="{len(_SCRIPTS)}">{fonts}</hh:fontfaces>'
        f'<hh:borderFills itemCnt="3">{_border(_PLAIN, "NONE")}{_border(_EDGED, "SOLID")}'
        f"{_border(_HEAD, 'SOLID', '#E6E8EA')}</hh:borderFills>"
        f'<hh:charProperties itemCnt="{len(_LETTERS)}">{letters}</hh:charProperties>'
        '<hh:tabProperties itemCnt="1"><hh:tabPr id="0" autoTabLeft="0" autoTabRight="0"/>'
        "</hh:tabProperties>"
        f'<hh:paraProperties itemCnt="3">{aligned}</hh:paraProperties>'
        '<hh:styles itemCnt="1"><hh:style id="0" type="PARA" name="바탕글" engName="Normal"'
        ' paraPrIDRef="0" charPrIDRef="0" nextStyleIDRef="0" langID="1042" lockForm="0"/>'
        "</hh:styles></hh:refList>"
        '<hh:compatibleDocument targetProgram="HWP201X"><hh:layoutCompatibility/>'
        "</hh:compatibleDocument></hh:head>"
    )


def _each(name: str, value: int) -> str:
    scripts = " ".join(f'{script.lower()}="{value}"' for script in _SCRIPTS)
    return f"<hh:{name} {scripts}/>"


def _letters(number: int, height: int, bold: bool) -> str:
    return (
        f'<hh:charPr id="{number}" height="{height}" textColor="#000000" shadeColor="none"'
        f' useFontSpace="0" useKerning="0" symMark="NONE" borderFillIDRef="{_PLAIN}">'
        + _each("fontRef", 0)
        + _each("ratio", 100)
        + _each("spacing", 0)
        + _each("relSz", 100)
        + _each("offset", 0)
        + ("<hh:bold/>" if bold else "")
        + "</hh:charPr>"
    )


def _aligned(number: int, across: str) -> str:
    margins = "".join(
        f'<hc:{side} value="0" unit="HWPUNIT"/>'
        for side in ("intent", "left", "right", "prev", "next")
    )
    return (
        f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="0"'
        ' suppressLineNumbers="0" checked="0">'
        f'<hh:align horizontal="{across}" vertical="BASELINE"/>'
        '<hh:heading type="NONE" idRef="0" level="0"/>'
        '<hh:breakSetting breakLatinWord="KEEP_WORD" breakNonLatinWord="KEEP_WORD"'
        ' widowOrphan="0" keepWithNext="0" keepLines="0" pageBreakBefore="0" lineWrap="BREAK"/>'
        f"<hh:margin>{margins}</hh:margin>"
        '<hh:lineSpacing type="PERCENT" value="140" unit="HWPUNIT"/>'
        f'<hh:border borderFillIDRef="{_PLAIN}" offsetLeft="0" offsetRight="0" offsetTop="0"'
        ' offsetBottom="0" connect="0" ignoreMargin="0"/></hh:paraPr>'
    )


def _border(number: int, line: str, fill: str = "") -> str:
    sides = "".join(
        f'<hh:{side}Border type="{line}" width="0.12 mm" color="#7C858E"/>'
        for side in ("left", "right", "top", "bottom")
    )
    brush = (
        f'<hc:fillBrush><hc:winBrush faceColor="{fill}" hatchColor="#000000" alpha="0"/>'
        "</hc:fillBrush>"
        if fill
        else ""
    )
    return (
        f'<hh:borderFill id="{number}" threeD="0" shadow="0" centerLine="NONE"'
        ' breakCellSeparateLine="0"><hh:slash type="NONE" Crooked="0" isCounter="0"/>'
        '<hh:backSlash type="NONE" Crooked="0" isCounter="0"/>'
        f"{sides}{brush}</hh:borderFill>"
    )


# -- the body --------------------------------------------------------------------------------------


def _section(report: Document) -> str:
    return f"{_XML}<hs:sec {_SPACES}>{''.join(_paragraphs(report))}</hs:sec>"


def _paragraphs(report: Document) -> Iterator[str]:
    yield _paragraph(report.title, _TITLE, before=_page())
    for remark in report.remarks:
        yield _paragraph(remark, _TEXT)
    for number, table in enumerate(report.tables, 1):
        yield _paragraph("", _TEXT)
        yield _paragraph(table.title, _STRONG)
        if table.rows:
            yield _run(_table(table, number))
        else:
            yield _paragraph("없음", _TEXT)


def _page() -> str:
    return (
        '<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000"'
        ' outlineShapeIDRef="0" memoShapeIDRef="0" textVerticalWidthHead="0" masterPageCnt="0">'
        f'<hp:pagePr landscape="WIDELY" width="{_WIDTH}" height="{_HEIGHT}" gutterType="LEFT_ONLY">'
        f'<hp:margin header="2834" footer="2834" gutter="0" left="{_MARGIN}" right="{_MARGIN}"'
        f' top="{_MARGIN}" bottom="{_MARGIN}"/></hp:pagePr></hp:secPr>'
    )


def _paragraph(text: str, letters: int, across: int = _LEFT, before: str = "") -> str:
    words = f"<hp:t>{escape(_clean(text))}</hp:t>" if text else ""
    return _run(before + words, letters, across)


def _clean(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(each for each in text if each >= " " and each not in "\ufffe\uffff")


def _run(inside: str, letters: int = _TEXT, across: int = _LEFT) -> str:
    return (
        f'<hp:p id="0" paraPrIDRef="{across}" styleIDRef="0" pageBreak="0" columnBreak="0"'
        f' merged="0"><hp:run charPrIDRef="{letters}">{inside}</hp:run></hp:p>'
    )


def _table(table: Table, number: int) -> str:
    rows, columns = len(table.rows) + 1, len(table.heads)
    rest = (_ROOM - _FIRST) // max(1, columns - 1)
    # The first column takes what is left, so that they fill the line exactly.
    widths = [_ROOM - rest * (columns - 1), *[rest] * (columns - 1)]
    lines = [
        _row(table.heads, 0, widths),
        *(_row(r, n, widths) for n, r in enumerate(table.rows, 1)),
    ]
    return (
        f'<hp:tbl id="{number}" zOrder="{number}" numberingType="TABLE" textWrap="TOP_AND_BOTTOM"'
        ' textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" pageBreak="CELL" repeatHeader="1"'
        f' rowCnt="{rows}" colCnt="{columns}" cellSpacing="0" borderFillIDRef="{_EDGED}"'
        f' noAdjust="0"><hp:sz width="{_ROOM}" widthRelTo="ABSOLUTE" height="{rows * _LINE}"'
        ' heightRelTo="ABSOLUTE" protect="0"/><hp:pos treatAsChar="0" affectLSpacing="0"'
        ' flowWithText="1" allowOverlap="0" holdAnchorAndSO="0" vertRelTo="PARA"'
        ' horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
        '<hp:outMargin left="0" right="0" top="0" bottom="0"/>'
        '<hp:inMargin left="283" right="283" top="141" bottom="141"/>'
        f"{''.join(lines)}</hp:tbl>"
    )


def _row(cells: tuple[Cell, ...], number: int, widths: list[int]) -> str:
    made = "".join(
        _cell(cell, at, number, width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"<hp:tr>{made}</hp:tr>"


def _cell(cell: Cell, at: int, row: int, width: int) -> str:
    is_head = row == 0
    across = _CENTRE if is_head else _LEFT if at == 0 else _RIGHT
    words = _paragraph(shown(cell), _STRONG if is_head else _TEXT, across)
    return (
        f'<hp:tc name="" header="{int(is_head)}" hasMargin="0" protect="0" editable="0" dirty="0"'
        f' borderFillIDRef="{_HEAD if is_head else _EDGED}"><hp:subList id=""'
        ' textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER" linkListIDRef="0"'
        f' linkListNextIDRef="0" textWidth="0" textHeight="0">{words}</hp:subList>'
        f'<hp:cellAddr colAddr="{at}" rowAddr="{row}"/><hp:cellSpan colSpan="1" rowSpan="1"/>'
        f'<hp:cellSz width="{width}" height="{_LINE}"/>'
        '<hp:cellMargin left="283" right="283" top="141" bottom="141"/></hp:tc>'
    )
