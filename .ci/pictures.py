"""Say which pictures the READMEs show that are not in the tree."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURE = re.compile(r'!\[[^\]]*\]\(([^)\s]+)\)|<img[^>]+src="([^"]+)"')


def missing() -> list[str]:
    """Lines that name a README and a picture of it that does not exist."""
    lines = []
    for page in sorted(ROOT.glob("README*.md")):
        for match in PICTURE.finditer(page.read_text(encoding="utf-8")):
            target = match.group(1) or match.group(2)
            if not (ROOT / target).is_file():
                lines.append(f"{page.name}: {target} is not in the tree (make it with `make tour`)")
    return lines


if __name__ == "__main__":
    found = missing()
    sys.stderr.write("".join(f"{line}\n" for line in found))
    sys.exit(bool(found))
