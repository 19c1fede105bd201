"""Nobody reads what people wrote but through the hashes that prove it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
#: What makes the tables, and what may look at rows to judge or to write them.
SHAPES = {"db/store/migrations.py"}
#: What narrows by words in bodies, and shows none of them.
NARROWS = {"db/inbox/word_index.py"}
JUDGES = {
    *("db/store/events.py", "db/store/event_rows.py"),
    *("db/store/sound.py", "db/store/journal.py", "db/store/verification.py", "db/store/rot.py"),
    "db/exchange/pages/bulk_insert.py",
    *("db/hub/database/rot.py", "db/hub/database/sqlite.py", "db/hub/database/copy_rows.py"),
}
_READS = re.compile(r"(?<![\w(])(?:\w+\.)?(?:body|salt|sealed)\b(?!\s+IS\b)(?!\s*=)", re.IGNORECASE)


def _statements(tree: ast.AST) -> Iterator[str]:
    """Every text of a module that begins a question to the database."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            texts = (part.value for part in node.values if isinstance(part, ast.Constant))
            text = "?".join(map(str, texts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if re.match(r"\s*SELECT\b", text):
            yield text


def test_no_question_asks_for_a_body_by_its_column() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {text[:60]}"
        for file in sorted((ROOT / "db").rglob("*.py"))
        if str(file.relative_to(ROOT)) not in SHAPES | NARROWS
        for text in _statements(ast.parse(file.read_text()))
        if _READS.search(text)
    ]
    assert found == [], "read it with the columns of db/store/sound.py READ, through read()"


def test_only_those_who_judge_rows_know_their_columns() -> None:
    names = r"\b(?:COLUMNS|CONTENTS)\b"
    named = re.compile(rf"^from db\.store\.events import .*{names}|events\.COLUMNS", re.M)
    found = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "db").rglob("*.py")
        if named.search(file.read_text().replace("(\n    ", "(").replace(",\n    ", ", "))
    }
    assert found <= JUDGES
    assert {"db/store/journal.py", "db/store/rot.py"} <= found


def test_a_question_for_a_body_would_be_found() -> None:
    (text,) = _statements(ast.parse('rows("SELECT f.id, e.body FROM event e WHERE e.seq = 1")'))
    assert _READS.search(text)
    asked = _statements(ast.parse('rows(f"SELECT {a}, e.body FROM event e WHERE e.seq = {b}")'))
    assert any(map(_READS.search, asked))
    asked = _statements(ast.parse('rows(f"SELECT body IS NOT NULL FROM event WHERE {x}")'))
    assert not any(map(_READS.search, asked))
