"""Draw docs/explanation/flow.md from the import contracts, so that the picture can't differ from what is enforced.

python -m tools.flow          writes the page
python -m tools.flow check    fails when the page is out of date
"""

from __future__ import annotations

import configparser
import itertools
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/explanation/flow.md"
PACKAGE = ROOT / "src/career_relay"
HEAD = """# Which way things flow

Drawn by `python -m tools.flow` from `.importlinter`; `make check` fails when the two differ. An arrow means "may import", and
whoever stands lower knows nothing of what stands higher.

**The privacy wall is this picture.** `hiring` holds an employer's own records, `people` a person's own room. No import and no
foreign key leads from one to the other, not even by way of a third. They meet in `circle`, and there only where a person came
through a link by their own act.
"""


def main() -> int:
    page = draw(ROOT / ".importlinter", PACKAGE)
    if sys.argv[1:] == ["check"]:
        if PAGE.read_text() == page:
            return 0
        print(f"{PAGE.relative_to(ROOT)} differs from .importlinter. Run: python -m tools.flow", file=sys.stderr)
        return 1
    PAGE.write_text(page)
    return 0


def draw(contracts: Path, package: Path) -> str:
    """Return the page for the layers contracts of a file; rooms that do not exist yet are left out."""
    parser = configparser.ConfigParser()
    parser.read(contracts)
    parts = [HEAD]
    for name in parser.sections():
        section = parser[name]
        if section.get("type") == "layers" and "*" not in section["containers"]:
            parts.append(_picture(section, package))
    return "\n".join(parts)


def _picture(section: configparser.SectionProxy, package: Path) -> str:
    folder = package.joinpath(*section["containers"].strip().split(".")[1:])
    layers = [_rooms(line, folder) for line in section["layers"].strip().splitlines()]
    layers = [rooms for rooms in layers if rooms]
    lines = [f"## {section['name']}", "", "```mermaid", "flowchart TD"]
    lines += [
        f"    {above} --> {below}" for upper, lower in itertools.pairwise(layers) for above in upper for below in lower
    ]
    lines += [f"    {rooms[0]}" for rooms in layers if len(layers) == 1]
    lines += ["```", "", "| room | what it is |", "|---|---|"]
    lines += [f"| `{room}` | {_says(folder / room)} |" for rooms in layers for room in rooms]
    return "\n".join([*lines, ""])


def _rooms(line: str, folder: Path) -> list[str]:
    names = [name.strip().strip("()") for name in line.split("|")]
    return [name for name in names if (folder / name).is_dir()]


def _says(room: Path) -> str:
    """Return what a room says of itself: the first paragraph of its README, else its docstring's first line."""
    readme = room / "README.md"
    if readme.exists():
        paragraphs = [part.strip() for part in readme.read_text().split("\n\n")]
        return " ".join(next(part for part in paragraphs if part and not part.startswith("#")).split())
    text = (room / "__init__.py").read_text().strip()
    return text.strip('"').splitlines()[0] if text else ""


if __name__ == "__main__":
    sys.exit(main())
