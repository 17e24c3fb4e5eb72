"""Fixtures that every test may use."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared texts beside the checkout; the test is skipped where it is missing."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold" / "dev").is_dir():
        pytest.skip("the shared texts are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def shipped_graph(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The finished folder of the texts that the repository ships: built once, by whichever worker needs it.

    Nobody may write into it: take a copy.
    """
    base = tmp_path_factory.getbasetemp()
    shared_base = base if worker_id == "master" else base.parent
    folder = shared_base / "shipped" / "build"
    with _locked(shared_base / "shipped.lock"):
        if not folder.is_dir():
            from spacegov.build import Settings, build

            build([ROOT / "data" / "corpus"], folder, settings=Settings(cache=shared_base / "cache"), jobs=1)
    return folder


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Only one process at a time."""
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


# --- a PDF, made by hand ----------------------------------------------------------------------------


def _pdf_text(lines: Sequence[str]) -> bytes:
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    shown = "".join(f"({line}) Tj T*\n" for line in escaped)
    return f"BT /F1 11 Tf 14 TL 72 770 Td\n{shown}ET".encode("cp1252")


def make_pdf(pages: Sequence[Sequence[str]], *, trailer: str = "") -> bytes:
    """A smallest PDF with one font; each page is a list of lines."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content = _pdf_text(lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return whole + (
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer.encode())
        + b"startxref\n%d\n%%%%EOF\n" % len(whole)
    )


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """Makes a PDF from pages of lines."""
    return make_pdf
