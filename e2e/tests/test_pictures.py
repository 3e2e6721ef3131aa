"""The pictures in the documents are those of the real console, made by this run.

`make pictures` makes them anew: it sets VIVENCIA_PICTURES to the folder of the documents.
"""

import os
import re
import struct
from pathlib import Path

import pytest
from PIL import Image

from harness import console, product

DOCUMENTS = [
    product.REPOSITORY / "README.md",
    product.REPOSITORY / "README.es.md",
    *product.REPOSITORY.glob("docs/*.md"),
]
SHOWN = re.compile(r"!\[[^\]]+\]\(((?:docs/)?pictures/(\w+)-((?:es|en)-(?:light|dark)-(?:1280|390))\.png)\)")
# Colours enough for flat surfaces and letters, a third of the bytes.
COLOURS = 128
# A reader of a document sees the top of a long page.
MOST_HEIGHT = 1_000


def shown_in(document: Path) -> dict[Path, tuple[str, str]]:
    """Pictures that a document shows: file, state of a page, way of looking."""
    found = SHOWN.findall(document.read_text(encoding="utf-8"))
    return {(document.parent / path).resolve(): (state, look) for path, state, look in found}


PICTURES = {path: what for document in DOCUMENTS for path, what in shown_in(document).items()}


def size_of(picture: Path) -> tuple[int, int]:
    return struct.unpack(">II", picture.read_bytes()[16:24])


@pytest.mark.parametrize("look", sorted({look for _, look in PICTURES.values()}))
def test_pictures_of_the_documents_can_be_made(look, company, tmp_path):
    states = sorted({state for state, of in PICTURES.values() if of == look})
    console.drive(company, "look.mjs", "--as", look, "--only", ",".join(states), "--out", str(tmp_path))
    target = os.environ.get("VIVENCIA_PICTURES")
    for state in states:
        made = tmp_path / f"{state}-{look}.png"
        assert size_of(made)[0] == int(look.rsplit("-", 1)[1])
        if target:
            Path(target).mkdir(parents=True, exist_ok=True)
            whole = Image.open(made).convert("RGB")
            shown = whole.crop((0, 0, whole.width, min(whole.height, MOST_HEIGHT)))
            picture = shown.quantize(COLOURS, dither=Image.Dither.NONE)
            picture.save(Path(target) / made.name, optimize=True)


def test_every_picture_of_the_documents_is_there():
    assert len(PICTURES) >= 6, "the documents show the console"
    missing = [str(path) for path in PICTURES if not path.is_file()]
    assert not missing or os.environ.get("VIVENCIA_PICTURES"), f"{missing}: `make pictures` makes them"
    for path, (_, look) in PICTURES.items():
        if path.is_file():
            assert size_of(path)[0] == int(look.rsplit("-", 1)[1])
            assert path.stat().st_size < 400_000, f"{path} is too heavy for a document"
