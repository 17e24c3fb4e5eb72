"""Lines become paragraphs, items, headings and speaker labels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from spacegov.model import Metadata
from spacegov.sources import document_from_text, read_document

Lay = Callable[[str], list[tuple[str, str | None, str]]]

WRAPPED = """\
The delegation of Austria said that it attached great importance to the
work of the Committee, and that it would support the draft guidelines as
they stood. It hoped that other delegations would be able to do likewise
in the near future.
"""


def test_wrapped_lines_are_one_paragraph(laid_out: Lay) -> None:
    assert laid_out(WRAPPED) == [("paragraph", None, " ".join(WRAPPED.split()))]


def test_an_empty_line_between_all_lines_does_not_part_them(laid_out: Lay) -> None:
    doubled = WRAPPED.replace("\n", " \n\n") + "2. Austria also said that it would welcome more \n\nStates.\n"
    assert laid_out(doubled) == [
        ("paragraph", None, " ".join(WRAPPED.split())),
        ("paragraph", "2.", "Austria also said that it would welcome more States."),
    ]


def test_an_indented_line_behind_a_full_stop_starts_a_paragraph(laid_out: Lay) -> None:
    source = WRAPPED + "  Japan agreed with what had been said by Austria, and added that it would\nsubmit a paper.\n"
    assert [words for _, _, words in laid_out(source)] == [
        " ".join(WRAPPED.split()),
        "Japan agreed with what had been said by Austria, and added that it would submit a paper.",
    ]


def test_a_short_last_line_ends_its_paragraph(laid_out: Lay) -> None:
    source = WRAPPED + WRAPPED.replace("Austria", "Belgium")
    assert len(laid_out(source)) == 2


def test_lines_that_are_sentences_stay_apart(laid_out: Lay) -> None:
    source = "Mr. President,\nWe meet in a difficult year.\nThe arms race reaches outer space.\nWe must stop it.\n"
    assert [words for _, _, words in laid_out(source)] == source.splitlines()


def test_a_sentence_broken_by_a_page_break_is_one(laid_out: Lay) -> None:
    source = (
        "Austria supports the draft guidelines and will continue to take\n"
        "part in the work on them as it has done in the years before the\n"
        "\n\n\n"
        "adoption of the report.\n"
    )
    assert len(laid_out(source)) == 1


def test_a_missing_full_stop_does_not_join_paragraphs(laid_out: Lay) -> None:
    source = (
        "60.\tThere is a draft treaty on the use of force against the Earth \nIt has been proposed that it be signed.\n"
    )
    assert laid_out(source) == [
        ("paragraph", "60.", "There is a draft treaty on the use of force against the Earth"),
        ("paragraph", None, "It has been proposed that it be signed."),
    ]


@pytest.mark.parametrize(
    ("source", "joined"),
    [
        ("general dis-\narmament", "general disarmament"),
        ("an anti-\nsatellite test", "an anti-satellite test"),
        ("the Secretary-\nGeneral", "the Secretary-General"),
        ("the Secretary- General", "the Secretary-General"),
        ("the thirty- sixth session", "the thirty-sixth session"),
        ("an interna- tional treaty", "an international treaty"),
        ("short- and long-term aims", "short- and long-term aims"),
        ("to co-operate, and thus co-\noperate", "to co-operate, and thus co-operate"),
        ("to cooperate, and thus co-\noperate", "to cooperate, and thus cooperate"),
    ],
)
def test_words_cut_at_a_hyphen_are_joined(source: str, joined: str, laid_out: Lay) -> None:
    assert laid_out(f"We spoke of {source} today.") == [("paragraph", None, f"We spoke of {joined} today.")]


@pytest.mark.parametrize("label", ["120.", "12.", "7)", "(3)", "1.2.", "II.", "§51301."])
def test_numbered_paragraphs_keep_their_number_as_label(label: str, laid_out: Lay) -> None:
    assert laid_out(f"{label}\tWe hope for peace in outer space.") == [
        ("paragraph", label, "We hope for peace in outer space.")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "2008 was the year of the draft treaty.",
        "First, we must keep outer space peaceful.",
        "J. Smith said that he agreed.",
        "3D maps of the Moon are a common good.",
        "I am grateful to all of you.",
        "A treaty is needed.",
        "U.S. allies agreed.",
    ],
)
def test_what_only_looks_like_a_number_stays_in_the_text(line: str, laid_out: Lay) -> None:
    assert laid_out(line) == [("paragraph", None, line)]


def test_a_year_at_the_head_of_a_wrapped_line_stays_in_its_sentence(laid_out: Lay) -> None:
    source = (
        "The Treaty on outer space, of which we were among the first parties, dates from\n"
        "1967. It has served us well.\n"
    )
    assert laid_out(source) == [("paragraph", None, " ".join(source.split()))]


def test_bullets_point_to_the_sentence_that_introduces_them() -> None:
    document = document_from_text(
        "We propose the following:\n• a ban on tests;\n• a code of conduct.\n\nThe rest is silence.\n",
        Metadata(doc="d"),
    )
    assert [(block.kind, block.label, block.head) for block in document.blocks] == [
        ("paragraph", None, None),
        ("item", "•", 0),
        ("item", "•", 0),
        ("paragraph", None, None),
    ]


def test_lists_in_lists_point_to_their_own_heads() -> None:
    source = """\
1. Recommends that:
(a) States should furnish information such as:
(i) The date of launch;
(ii) The place of launch;
(b) Organizations should do so too;
2. Requests the Office to help.
"""
    document = document_from_text(source, Metadata(doc="d"))
    assert [(block.kind, block.label, block.head) for block in document.blocks] == [
        ("paragraph", "1.", None),
        ("item", "(a)", 0),
        ("item", "(i)", 1),
        ("item", "(ii)", 1),
        ("item", "(b)", 0),
        ("paragraph", "2.", None),
    ]


def test_numbers_below_a_colon_are_items(laid_out: Lay) -> None:
    source = "States should be guided by these principles:\n\n1. Outer space is free.\n\n2. It is nobody's.\n"
    assert [(kind, label) for kind, label, _ in laid_out(source)] == [
        ("paragraph", None), ("item", "1."), ("item", "2."),
    ]  # fmt: skip


def test_lines_in_semicolons_below_a_colon_are_items(laid_out: Lay) -> None:
    source = "I list some studies:\nThe limits of outer space;\nThe rules on its use; and\nLiability.\nThese matter.\n"
    assert [kind for kind, _, _ in laid_out(source)] == ["paragraph", "item", "item", "item", "paragraph"]


@pytest.mark.parametrize(
    "heading",
    ["## Peaceful uses", "PEACEFUL USES OF OUTER SPACE", "Peaceful Uses of Outer Space", "**Space**", "Article IV",
     "II. Overview of the situation", "Guideline 4: Avoid intentional destruction"],
)  # fmt: skip
def test_headings_are_told_from_paragraphs(heading: str, laid_out: Lay) -> None:
    blocks = laid_out(f"We met in May.\n\n{heading}\n\nThe uses of outer space shall be peaceful.\n")
    assert [kind for kind, _, _ in blocks] == ["paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    "line", ["The General Assembly,", "We support it.", "and so on", "(By Zhang Dongfang)", "https://example.org/a"]
)
def test_short_lines_of_other_kinds_are_no_headings(line: str, laid_out: Lay) -> None:
    blocks = laid_out(f"We met in May.\n\n{line}\n\nThe uses of outer space shall be peaceful.\n")
    assert "heading" not in [kind for kind, _, _ in blocks]


def test_the_last_line_of_a_text_is_no_heading(laid_out: Lay) -> None:
    assert laid_out("We met in May.\n\nHumanity Faces Enough Da")[-1][0] == "paragraph"


@pytest.mark.parametrize(
    "label",
    ["MR. PRICE:", "THE VICE PRESIDENT:", "Q:", "QUESTION:", "Mr. Li Song (China):", "The Chair:", "Ambassador Wood:",
     "Mr. Lavrov (Russian Federation) (spoke in Russian):"],
)  # fmt: skip
def test_speakers_are_blocks_of_their_own(label: str, laid_out: Lay) -> None:
    assert laid_out(f"{label}  We shall not do it.") == [
        ("label", None, label),
        ("paragraph", None, "We shall not do it."),
    ]


def test_a_question_without_colon_is_a_speaker(laid_out: Lay) -> None:
    assert laid_out("Q    Do you plan to raise it?")[0] == ("label", None, "Q")


@pytest.mark.parametrize("line", ["Mr. President: we meet again.", "The treaty: a view.", "China: a partner."])
def test_an_address_or_a_title_is_no_speaker(line: str, laid_out: Lay) -> None:
    assert [kind for kind, _, _ in laid_out(line)] == ["paragraph"]


def test_headers_and_page_numbers_are_left_out_but_stay_in_the_source() -> None:
    pages = [
        f"A/79/26, page {number}\n\nAustria spoke for the {word} time, and it did so at some\n{number}"
        for number, word in ((1, "first"), (2, "second"), (3, "third"))
    ]
    source = "\f".join(pages)
    document = document_from_text(source, Metadata(doc="d"))
    assert "page" not in document.text
    assert not any(character.isdigit() for character in document.text)
    assert document.source == source


def test_a_sentence_runs_on_over_a_page_header() -> None:
    source = "A/79/26\nWe support the draft and\n1\fA/79/26\nthe guidelines.\n2\fA/79/26\nThank you.\n3"
    document = document_from_text(source, Metadata(doc="d"))
    assert document.text == "We support the draft and the guidelines.\n\nThank you."


def test_blocks_know_their_page() -> None:
    first, second = "We support the draft.\n", "We thank you."
    document = document_from_text(f"{first}\f{second}", Metadata(doc="d"), pages=(0, len(first) + 1))
    assert [block.page for block in document.blocks] == [1, 2]


@pytest.mark.parametrize(
    "mark",
    [
        "08-51845 20",
        "17 10-55264",
        "A/70/PV.24 01/10/2015",
        "8/26 15-29876",
        "15-29562 21/54",
        "01/10/2015 A/70/PV.24",
        "Page 3 of 5",
        "- 3 -",
        "-end-",
        "* * *",
    ],
)
def test_marks_of_the_page_are_left_out(mark: str, laid_out: Lay) -> None:
    blocks = laid_out(f"We support the draft.\n{mark}\nWe thank you.\n")
    assert [words for _, _, words in blocks] == ["We support the draft.", "We thank you."]


def test_preambular_paragraphs_stay_apart(laid_out: Lay) -> None:
    source = (
        "The General Assembly,\nRecalling the Convention on liability and the Convention on the registration of\n"
        "objects launched into outer space,\n"
        "Bearing in mind that the term is of importance in the law of outer\nspace,\n"
        "1. Recommends that States consider the matter.\n"
    )
    assert [words.split()[0] for _, _, words in laid_out(source)] == ["The", "Recalling", "Bearing", "Recommends"]


@pytest.mark.shared
def test_the_principles_of_the_declaration_hang_on_its_operative_clause(shared: Path) -> None:
    document = read_document(shared / "corpus" / "world" / "un-1963-12-13-declaration-of-principles.txt")
    items = [block for block in document.blocks if block.kind == "item"]
    assert [block.label for block in items] == [f"{number}." for number in range(1, 10)]
    heads = {block.head for block in items}
    assert len(heads) == 1
    head = document.blocks[heads.pop() or 0]
    assert document.text[head.start : head.end].endswith(":")


@pytest.mark.shared
def test_the_doubled_lines_of_a_submission_become_nine_numbered_paragraphs(shared: Path) -> None:
    document = read_document(shared / "corpus" / "china" / "cn-2021-responsible-behaviours.txt")
    numbered = [block.label for block in document.blocks if block.kind == "paragraph" and block.label]
    assert numbered == [f"{number}." for number in range(1, 10)]
    assert sum(block.kind == "heading" for block in document.blocks) == 7


def test_bare_lines_below_a_colon_are_items(laid_out: Lay) -> None:
    source = "Those present were:\n\nPam Melroy, deputy administrator\n\nKevin Sullivan\n\nThey signed it on Monday.\n"
    assert [kind for kind, _, _ in laid_out(source)] == ["paragraph", "item", "item", "paragraph"]


def test_a_heading_that_runs_into_its_paragraph_is_no_speaker(laid_out: Lay) -> None:
    assert laid_out("ENSURING SUPERIORITY IN SPACE: The order calls for a base.") == [
        ("heading", None, "ENSURING SUPERIORITY IN SPACE:"),
        ("paragraph", None, "The order calls for a base."),
    ]


def test_a_number_behind_an_abbreviation_is_no_label(laid_out: Lay) -> None:
    source = "The order amends Sec.\n4. of the law of that year, and it does so in all its parts at once.\n"
    assert laid_out(source) == [("paragraph", None, " ".join(source.split()))]


def test_roman_one_behind_the_seventh_letter_opens_a_list() -> None:
    source = "It shall:\n(f) plan;\n(g) act on these:\n(i) the first;\n(ii) the second;\n(h) end.\n"
    document = document_from_text(source, Metadata(doc="d"))
    assert [(block.label, block.head) for block in document.blocks if block.label] == [
        ("(f)", 0), ("(g)", 0), ("(i)", 2), ("(ii)", 2), ("(h)", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "dateline",
    [
        "OTTAWA, Jan. 28 (Reuters) --", "ST PETERSBURG -", "GENEVA, 12 February 2008 –", "LIMA/NEW YORK —",
        "MOSCOW, July 26. /TASS/.", "VIENNA (ECNS) --",
    ],
)  # fmt: skip
def test_a_dateline_is_the_label_of_its_paragraph(dateline: str, laid_out: Lay) -> None:
    (block,) = laid_out(f"{dateline} Peru and Fiji signed the text today, and others will follow in spring.")
    assert block == ("paragraph", dateline, "Peru and Fiji signed the text today, and others will follow in spring.")


@pytest.mark.parametrize(
    "line",
    [
        "US - Soviet talks went on for a week, and nobody was the wiser.",
        "COPUOS is where rules are made – The rest is talk, as all know.",
        "NOTE – This text is a draft, and nobody is bound by it as yet.",
    ],
)
def test_what_only_looks_like_a_dateline_stays_in_the_text(line: str, laid_out: Lay) -> None:
    assert laid_out(line) == [("paragraph", None, line)]
