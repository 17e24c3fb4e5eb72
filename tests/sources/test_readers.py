"""Files of every kind give their text, or one line that says why not."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from spacegov.errors import InputError, MetadataError, UnreadableDocument
from spacegov.model import Metadata
from spacegov.sources import read_document
from spacegov.sources.reading import MAX_BYTES, MAX_CHARACTERS

WORDS = "The delegation said that it would support the draft guidelines, and that it was grateful for the work."


def refusal(path: Path) -> str:
    """The one line with which a file is refused."""
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path)
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith(f"{path}: ")
    return line


# --- plain text ---------------------------------------------------------------------------------------


def test_plain_text_is_its_own_source(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"{WORDS}\r\n\r\nSecond paragraph.\r\n".encode())
    document = read_document(path)
    assert document.source == f"{WORDS}\r\n\r\nSecond paragraph.\r\n"
    assert document.text == f"{WORDS}\n\nSecond paragraph."
    assert document.path == str(path)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + WORDS.encode())
    assert read_document(path).source == WORDS


def test_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(WORDS.encode("utf-16"))
    assert read_document(path).source == WORDS


def test_windows_text_is_read_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"{WORDS} It spoke of “peace”.".encode("cp1252"))
    document = read_document(path)
    assert "“peace”" in document.source
    assert "Windows-1252" in document.metadata.origin["encoding"]


def test_the_hash_is_that_of_the_source_in_utf_8(tmp_path: Path) -> None:
    import hashlib

    path = tmp_path / "a.txt"
    path.write_bytes(WORDS.encode("utf-16"))
    assert read_document(path).sha256 == hashlib.sha256(WORDS.encode()).hexdigest()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "an empty file"),
        (b" \n\t\n", "no text in it"),
        (b"- - -\n***\n", "no words in it"),
        (bytes(range(256)) * 20, "a binary file"),
        (b"%PDF-1.7\n...", "a PDF, not a text file"),
        (b"PK\x03\x04....", "a ZIP or Office file"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x81\x8d\x8f" * 20 + b" text", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert reason in refusal(path)


def test_a_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    start = time.perf_counter()
    assert "50 MB are more than 20 MB" in refusal(path)
    assert time.perf_counter() - start < 0.1
    assert MAX_BYTES < 50_000_000


def test_a_text_of_too_many_characters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("word " * (MAX_CHARACTERS // 5 + 1), "utf-8")
    assert "characters are more than" in refusal(path)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La délégation de la France a dit que le projet de traité sur la prévention est une bonne base.", "French"),
        ("Китай и Россия внесли проект договора о предотвращении размещения оружия в космосе.", "another script"),
        ("外层空间是全人类的共同财富。中国坚决反对外空军备竞赛，主张谈判缔结国际法律文书。", "another script"),
        ("La delegación de México dijo que el proyecto de tratado es una buena base para la negociación.", "Spanish"),
        ("Die Delegation sagte, dass der Entwurf des Vertrags eine gute Grundlage für die Arbeit ist.", "German"),
    ],
)
def test_other_languages_are_refused(text: str, language: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    assert language in refusal(path)


def test_a_sidecar_that_names_another_language_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS, "utf-8")
    (tmp_path / "a.meta.json").write_text('{"language": "zh"}', "utf-8")
    assert "'zh'" in refusal(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "none.txt")
    (tmp_path / "folder.txt").mkdir()
    assert "a folder" in refusal(tmp_path / "folder.txt")


def test_an_unknown_kind_of_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(b"text")
    assert "no reader for '.odt' files" in refusal(path)


def test_a_name_with_a_line_end_gives_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a\nb.txt"
    path.write_bytes(b"")
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path)
    assert "\n" not in str(caught.value)


def test_given_metadata_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WORDS, "utf-8")
    (tmp_path / "a.meta.json").write_text("not even JSON", "utf-8")
    assert read_document(path, metadata=Metadata(doc="mine", title="T")).metadata == Metadata(doc="mine", title="T")


# --- Markdown -----------------------------------------------------------------------------------------

NOTE = f"""---
title: "A draft treaty"
author: [china, russia]
date: 2008-02
basis:
  - reference/proposals.csv#prop-001
---

# Draft

{WORDS} It is _new_.
"""


def test_front_matter_is_metadata_and_not_text(tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(NOTE, "utf-8")
    document = read_document(path)
    assert document.source == NOTE
    assert document.text == f"Draft\n\n{WORDS} It is new."
    assert document.metadata.authors == ("china", "russia")
    assert document.metadata.date == "2008-02"
    assert document.metadata.basis == "reference/proposals.csv#prop-001"
    assert document.metadata.origin["title"] == "front matter"
    start, end = document.source_span(document.text.index("delegation"), document.text.index(" said"))
    assert document.source[start:end] == "delegation"


@pytest.mark.parametrize(
    ("front", "line", "reason"),
    [
        ("title: [unclosed\n---\n", 3, "not YAML"),
        ("title: a\n", 1, "not closed"),
        ("- a\n- b\n---\n", 2, "no list of fields"),
        ("a: &x [1]\nb: *x\n---\n", 1, "aliases"),
        ("title: !!python/object/apply:os.getcwd []\n---\n", 2, "not YAML"),
    ],
)
def test_bad_front_matter_is_named_with_its_line(front: str, line: int, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"---\n{front}{WORDS}\n", "utf-8")
    with pytest.raises(MetadataError) as caught:
        read_document(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert reason in str(caught.value)


# --- web pages ----------------------------------------------------------------------------------------

PAGE = f"""<html><head><title>Statement | Ministry</title><meta property="og:title" content="Statement on space">
<meta property="article:published_time" content="2024-05-06T10:00:00Z"><style>.gone {{ display: none }}</style></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>Statement on space</h1>
<p>{WORDS} It also called upon all States to join the negotiations on a treaty in Geneva this year.</p>
<p style="display: none">Hidden by its style, this sentence should be seen by nobody who reads the page.</p>
<p hidden>Hidden by its attribute, this sentence should be seen by nobody who reads the page.</p>
<p class="note gone">Hidden by its class, this sentence should be seen by nobody who reads the page.</p>
<ul><li>First, it supports talks.</li><li>Second, it opposes tests.</li></ul>
<p>The 21<sup>st</sup> century &amp; its outer space belong to all of us.</p></article>
<script>var text = "script";</script><footer>Copyright</footer></body></html>"""


def test_the_main_text_of_a_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    document = read_document(path)
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["heading", "paragraph", "item", "item", "paragraph"]
    assert "Home" not in document.source
    assert "script" not in document.source
    assert document.metadata.title == "Statement on space"
    assert document.metadata.date == "2024-05-06"


def test_hidden_text_of_a_page_never_gets_into_the_source(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    assert "Hidden" not in read_document(path).source


def test_a_page_in_an_older_encoding_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes(PAGE.replace("Geneva", "Genève").encode("latin-1"))
    assert "Genève" in read_document(path).source


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body><script>1</script></body></html>", "utf-8")
    assert "no main text" in refusal(path)


# --- PDF ----------------------------------------------------------------------------------------------


def test_pages_of_a_pdf_become_one_text(tmp_path: Path, pdf: Callable[..., bytes]) -> None:
    path = tmp_path / "paper.pdf"
    header = "A/AC.105/C.2/L.1"
    pages = [
        [header, "The delegation said that it would support the pre-", "vention of an arms race, and that it had",
         "taken part in the", "1"],
        [header, "work on the anti-", "satellite test ban for many years now.", "2"],
        [header, "12. It thanked all those who had come to the meeting.", "3"],
    ]  # fmt: skip
    path.write_bytes(pdf(pages))
    document = read_document(path)
    assert document.text == (
        "The delegation said that it would support the prevention of an arms race, and that it had taken part in the "
        "work on the anti-satellite test ban for many years now.\n\nIt thanked all those who had come to the meeting."
    )
    assert document.source.count(header) == 3
    assert [document.source[start : start + len(header)] for start in document.pages] == [header] * 3
    assert [(block.label, block.page) for block in document.blocks] == [(None, 1), ("12.", 3)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data[:300], "a damaged PDF"),
        (lambda data: b"%PDF-1.4\n" + b"\0" * 1000, "a damaged PDF"),
        (lambda data: b"<html>no PDF</html>", "not a PDF"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(
    change: Callable[[bytes], bytes], reason: str, tmp_path: Path, pdf: Callable[..., bytes]
) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(change(pdf([[WORDS]])))
    assert reason in refusal(path)


def test_an_encrypted_pdf_is_refused(tmp_path: Path, pdf: Callable[..., bytes]) -> None:
    path = tmp_path / "paper.pdf"
    lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ({}) /U ({}) >> /ID [(a) (b)]".format("o" * 32, "u" * 32)
    path.write_bytes(pdf([[WORDS]], trailer=lock))
    assert "an encrypted PDF" in refusal(path)


def test_a_pdf_without_text_is_refused(tmp_path: Path, pdf: Callable[..., bytes]) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf([[], []]))
    assert "no text layer" in refusal(path)


def test_a_pdf_that_takes_too_long_is_given_up(
    tmp_path: Path, pdf: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("spacegov.sources.pdf_reader.SECONDS", 0.001)
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf([[WORDS]]))
    assert "takes longer than" in refusal(path)


def test_a_pdf_of_too_many_pages_is_refused(pdf: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    from spacegov.sources import pdf_pages

    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 2)
    answer = pdf_pages.pages_of(pdf([[WORDS]] * 3))
    assert answer["error"] == "3 pages are more than 2"


# --- Word ---------------------------------------------------------------------------------------------

MakeDocx = Callable[[Sequence[tuple[str, str]]], Path]


def test_paragraphs_headings_and_bullets_of_a_word_file_are_read(docx: MakeDocx) -> None:
    path = docx(
        [("Heading 1", "Views"), ("Normal", WORDS), ("List Bullet", "a ban on tests"), ("Normal", "12. Thanks.")]
    )
    document = read_document(path)
    assert [(block.kind, block.label) for block in document.blocks] == [
        ("heading", None), ("paragraph", None), ("item", "•"), ("paragraph", "12."),
    ]  # fmt: skip


def test_tables_of_a_word_file_are_read(tmp_path: Path) -> None:
    import docx as word

    document = word.Document()
    document.add_paragraph(WORDS)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "State", "Vote"
    path = tmp_path / "table.docx"
    document.save(str(path))
    assert read_document(path).source.endswith("State | Vote")


def test_deleted_and_hidden_words_of_a_word_file_are_left_out(tmp_path: Path) -> None:
    import docx as word
    from docx.oxml import parse_xml

    document = word.Document()
    paragraph = document.add_paragraph(WORDS)
    paragraph.add_run(" Hidden words.").font.hidden = True
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(parse_xml(f"<w:del {space}><w:r><w:delText>Deleted words.</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {space}><w:r><w:t> New words.</w:t></w:r></w:ins>"))
    path = tmp_path / "changes.docx"
    document.save(str(path))
    assert read_document(path).source == f"{WORDS} New words."


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"a.txt": b"text"}, "not a Word file"),
        ({"[Content_Types].xml": b"<a/>", "word/document.xml": b" " * 30_000_000}, "unpacks to far more"),
        ({"[Content_Types].xml": b"<a/>", "word/inner.zip": bytes(30_000_000)}, "unpacks to far more"),
        ({"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "DOCTYPE"),
        ({"[Content_Types].xml": b"<a/>"} | {f"{number}.bin": b"" for number in range(5_001)}, "unpacks to far more"),
        ({"[Content_Types].xml": b"<a/>", "../../evil.xml": b"<a/>"}, "a damaged Word file"),
    ],
)
def test_hostile_word_files_are_refused(
    parts: dict[str, bytes], reason: str, tmp_path: Path, zipped: Callable[..., bytes]
) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(zipped(parts))
    assert reason in refusal(path)
    assert [child.name for child in tmp_path.iterdir()] == ["paper.docx"]


def test_a_file_that_is_no_zip_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(b"text")
    assert "not a Word file" in refusal(path)
