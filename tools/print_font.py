"""Makes the font of printed documents anew: one static TrueType file of variable fonts that come in pieces.

Unpack the npm packages @fontsource-variable/noto-sans-jp and @fontsource-variable/noto-sans, and run
`python -m tools.print_font <folder of the first> <folder of the second>`. WeasyPrint drops glyphs where a font comes in
pieces, and unpacks WOFF2 slowly; hence one TTF. The second font brings the Greek letters that the first one lacks here,
and Roman numerals (Ⅱ, as in the names of posts) are put together from letters. Layout tables are left out: print needs none.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import unicodedata
from pathlib import Path

from fontTools.merge import Merger
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parent.parent / "src/career_relay/capabilities/documents/bundled"
WEIGHT = 400
LAYOUT = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx")
ROMAN_NUMERALS = range(0x2160, 0x2180)
NAMES = {1: "Noto Sans JP", 2: "Regular", 4: "Noto Sans JP", 6: "NotoSansJP-Regular"}


def main() -> int:
    japanese, latin = map(Path, sys.argv[1:3])
    pieces = [*sorted(japanese.glob("files/*-wght-normal.woff2")), latin / "files/noto-sans-greek-wght-normal.woff2"]
    with tempfile.TemporaryDirectory() as folder:
        font = Merger().merge([_static(piece, Path(folder)) for piece in pieces])
    _compose(font)
    _tidy(font)
    font.save(TARGET / "noto-sans-jp.ttf")
    shutil.copy(japanese / "LICENSE", TARGET / "OFL.txt")
    print(f"{len(pieces)} pieces, {len(font.getBestCmap())} characters, {font['maxp'].numGlyphs} glyphs")
    return 0


def _static(piece: Path, folder: Path) -> str:
    """Save a piece at one weight as TrueType, and return where."""
    font = instantiateVariableFont(TTFont(piece), {"wght": WEIGHT})
    for table in LAYOUT:
        if table in font:
            del font[table]
    font.flavor = None
    path = folder / f"{piece.stem}.ttf"
    font.save(path)
    return str(path)


def _compose(font: TTFont) -> None:
    """Put the Roman numerals together from the letters they are read as."""
    glyphs, widths, names = font["glyf"], font["hmtx"], font.getBestCmap()
    for character in ROMAN_NUMERALS:
        letters = unicodedata.normalize("NFKC", chr(character))
        if character in names or not letters.isascii():
            continue
        pen, width = TTGlyphPen(glyphs), 0
        for letter in letters:
            pen.addComponent(names[ord(letter)], (1, 0, 0, 1, width, 0))
            width += widths[names[ord(letter)]][0]
        name = f"uni{character:04X}"
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        glyphs[name], widths[name] = pen.glyph(), (width, widths[names[ord(letters[0])]][1])
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[character] = name


def _tidy(font: TTFont) -> None:
    """Leave out the glyphs that no character leads to, and give the file its own name."""
    options = Options(layout_features=[], name_IDs=["*"], name_languages=["*"], notdef_outline=True, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    raise SystemExit(main())
