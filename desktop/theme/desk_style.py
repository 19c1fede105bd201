"""The style sheet of the desk's standard fields, written from its palette.

Fields and scroll bars are Qt's own, because a city's keyboard, input method and screen reader know
them; only their colours and edges come from here.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette

from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour

_ROLES: tuple[tuple[QPalette.ColorRole, DeskColour], ...] = (
    (QPalette.ColorRole.Window, "pane"),
    (QPalette.ColorRole.Base, "pane"),
    (QPalette.ColorRole.AlternateBase, "head"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "head"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.PlaceholderText, "third"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.ToolTipBase, "strip"),
    (QPalette.ColorRole.ToolTipText, "on_strip"),
)


def qt_palette(look: DeskLook) -> QPalette:
    palette = QPalette()
    for role, colour in _ROLES:
        palette.setColor(role, look.palette.colour(colour))
    return palette


def style_sheet(look: DeskLook) -> str:
    p, px = look.palette, look.px
    edge, ring = look.edge, 2
    inner = px(8)
    return f"""
QLineEdit, QTextEdit, QComboBox {{
    background: {p.pane.name()}; color: {p.text.name()};
    border: {edge}px solid {p.control_edge.name()}; border-radius: 4px;
    padding: {ring - edge}px {inner}px; selection-background-color: {p.accent.name()};
    selection-color: {p.on_accent.name()};
}}
QLineEdit, QComboBox {{ min-height: {px(26)}px; }}
QLineEdit:focus, QTextEdit:focus, QComboBox:focus {{
    border: {ring}px solid {p.accent.name()}; padding: 0px {inner - 1}px;
}}
QTextEdit[note="true"] {{ background: {p.warning_bed.name()}; }}
QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox QAbstractItemView {{
    background: {p.pane.name()}; color: {p.text.name()};
    border: 1px solid {p.control_edge.name()};
    selection-background-color: {p.current.name()}; selection-color: {p.text.name()};
}}
QMenu {{
    background: {p.pane.name()}; color: {p.text.name()};
    border: {edge}px solid {p.strong_line.name()}; padding: 4px;
}}
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; }}
QMenu::item:selected {{
    background: {p.current.name()}; color: {p.text.name()};
    border: {0 if p.tints else 2}px solid {p.accent.name()};
}}
QMenu::separator {{ height: 1px; background: {p.line.name()}; margin: 4px; }}
QScrollArea, QTableView {{ background: transparent; border: none; outline: none; }}
RowList {{ background: {p.pane.name()}; border: none; outline: none; }}
QScrollBar:vertical {{ background: {p.pane.name()}; width: {px(12)}px; margin: 0; }}
QScrollBar::handle:vertical {{
    background: {p.control_edge.name()}; min-height: {px(28)}px; border-radius: {px(4)}px;
    margin: 2px {px(2)}px;
}}
QScrollBar[idle="true"]::handle:vertical {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QSplitter::handle {{ background: {p.line.name()}; }}
QToolTip {{
    background: {p.strip.name()}; color: {p.on_strip.name()}; border: none; padding: 4px;
    font-size: {look.font(Use.SMALL).pixelSize()}px;
}}
"""
