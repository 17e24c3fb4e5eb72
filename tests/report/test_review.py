"""The page of what to look at before trusting a build, from rows made by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pages import Page

from spacegov.build import Broken, BuildReport
from spacegov.build.cache import Found
from spacegov.model import Act, Check, Entry, Metadata, Polarity, Review, Stance, Vocabulary
from spacegov.report.review import LEAST_SURE, review_page
from spacegov.score.built import Compared, compare
from spacegov.stances import evidence_at, with_id
from spacegov.validate import Finding

VOCABULARY = Vocabulary(
    entries={
        "china": Entry(id="china", kind="actor", type="State", label="China"),
        "paros": Entry(id="paros", kind="topic", type="Topic", label="Arms race in outer space"),
    },
    frames=(),
    hash="0123456789abcdef",
)
AGREE = Check(name="rules-agree", passed=True, note="rules say supports")
HOSTILE = '<script>alert(1)</script> "&\u202egnorw\x1b[31m'


def stance(
    words: str,
    *,
    doc: str = "one",
    act: Act = "supports",
    polarity: Polarity = "for",
    targets: tuple[str, ...] = ("paros",),
    confidence: float = 0.9,
    checks: tuple[Check, ...] = (AGREE,),
    review: Review = "unreviewed",
) -> Stance:
    start = sum(map(ord, words))  # other words, another place: ids tell places apart, not words
    evidence = evidence_at(" " * start + words, start, start + len(words), doc=doc, sha256="00")
    return with_id(
        Stance(
            id="", evidence=evidence, holders=("china",), act=act,
            polarity=polarity, targets=targets, confidence=confidence, checks=checks, review=review,
        )
    )  # fmt: skip


def document(doc: str, stances: tuple[Stance, ...], *, words: int = 100, title: str | None = None) -> Found:
    return Found(
        path=f"{doc}.txt", metadata=Metadata(doc=doc, title=title), source="", sha256="00", words=words, stances=stances
    )


def report(
    *stances: Stance,
    documents: tuple[Found, ...] | None = None,
    broken: tuple[Broken, ...] = (),
    implausible: tuple[Broken, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> BuildReport:
    found = (document("one", stances),) if documents is None else documents
    return BuildReport(
        out=Path("build"), documents=found, broken=broken, implausible=implausible,
        stances=stances or tuple(s for d in found for s in d.stances),
        findings=findings, asserted=1, inferred=1, words=sum(d.words for d in found),
    )  # fmt: skip


def tables(made: BuildReport, gold: Compared | None = None) -> dict[str, list[list[str]]]:
    """The rows of each table without its header, by the beginning of its caption."""
    found = Page(review_page(made, VOCABULARY, gold)).tables
    return {re.split(r" \(|:", caption)[0]: rows[1:] for caption, rows in found.items()}


# --- what stands on it ----------------------------------------------------------------------------------


def test_a_document_that_was_put_aside_stands_with_its_reason() -> None:
    broken = Broken(path="b.pdf", error="UnreadableDocument", reason="b.pdf: no text in it; scan it")
    assert tables(report(broken=(broken,)))["Documents put aside"] == [
        ["b.pdf", "UnreadableDocument", "no text in it; scan it"]
    ]


def test_the_least_sure_stances_come_first_with_words_checks_and_command() -> None:
    doubt = Check(name="sure-act", passed=False, note="0.31")
    low = stance("We may like it.", confidence=0.2, checks=(AGREE, doubt, Check(name="frame", passed=False)))
    rows = tables(report(stance("We like it."), low))["Stances of least confidence"]
    assert rows[0] == [
        "0.20", "China", "supports for", "Arms race in outer space", "“We may like it.”", "one",
        "sure-act: 0.31; frame", f"spacegov explain {low.id}",
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["0.20", "0.90"]
    assert rows[1][6] == ""


def test_a_hundred_stances_are_shown_and_the_rest_is_counted() -> None:
    many = [stance(f"We like it {n}.") for n in range(LEAST_SURE + 7)]
    text = review_page(report(*many), VOCABULARY)
    assert f"(the first {LEAST_SURE}; 7 more in stances.jsonl)" in text
    assert len(tables(report(*many))["Stances of least confidence"]) == LEAST_SURE == 100


def test_what_a_person_has_reviewed_is_not_shown_again() -> None:
    made = report(stance("Seen.", confidence=0.1, review="accepted"), stance("Unseen.", confidence=0.6))
    assert [row[4] for row in tables(made)["Stances of least confidence"]] == ["“Unseen.”"]


def test_disagreements_are_grouped_by_what_the_rules_said_and_what_was_taken() -> None:
    def against_the_rules(said: str, taken: Act, words: str, confidence: float) -> Stance:
        check = Check(name="rules-agree", passed=False, note=f"rules say {said}")
        return stance(words, act=taken, confidence=confidence, checks=(check,))

    made = report(
        against_the_rules("supports", "reports", "Third.", 0.7),
        against_the_rules("supports", "reports", "First.", 0.3),
        against_the_rules("supports", "reports", "Second.", 0.5),
        against_the_rules("opposes", "criticises", "Other.", 0.2),
        stance("All agree.", confidence=0.1),
    )
    rows = tables(made)["Rules said and taken"]
    assert [(*row[:3], row[5]) for row in rows] == [
        ("supports", "reports", "3", "“First.”"),
        ("supports", "reports", "3", "“Second.”"),
        ("opposes", "criticises", "1", "“Other.”"),
    ]
    assert "Where the voices disagree (4)" in review_page(made, VOCABULARY)


def test_candidate_topics_are_counted_with_an_example() -> None:
    made = report(
        stance("Lunar time matters.", targets=("new:lunar-time", "paros")),
        stance("We want lunar time.", doc="two", targets=("new:lunar-time",)),
        stance("Space law.", targets=("new:a-thing",)),
    )
    rows = tables(made)["Candidate topics"]
    assert [row[:4] for row in rows] == [
        ["lunar time", "2", "2", "“Lunar time matters.”"],
        ["a thing", "1", "1", "“Space law.”"],
    ]


def test_documents_with_few_many_and_no_stances_stand_out() -> None:
    def with_stances(doc: str, number: int, words: int) -> Found:
        return document(doc, tuple(stance(f"{n}.", doc=doc) for n in range(number)), words=words, title=f"T {doc}")

    usual = tuple(with_stances(f"usual{n}", 10, 1000) for n in range(9))
    made = report(documents=(*usual, with_stances("dense", 40, 1000), with_stances("dumb", 0, 1500),
                             with_stances("note", 0, 50)))  # fmt: skip
    found = tables(made)
    assert [(row[0], row[1], row[6]) for row in found["Few or many stances for the length"]] == [
        ("dumb", "T dumb", " few"),
        ("dense", "T dense", " many"),
    ]
    assert [row[0] for row in found["Documents without any stance"]] == ["dumb", "note"]


def test_findings_and_stances_put_aside_are_counted_by_rule() -> None:
    aside = [
        Broken(path="a.txt", error="Implausible", reason=f"DIP-013: too early {n}", stance=f"s{n}") for n in (2, 1)
    ]
    mild = [Finding(rule="ST-009", severity="warning", focus=f"x{n}", message="odd") for n in range(3)]
    info = Finding(rule="A-001", severity="info", focus="y", focus_label="Why", message="so")
    assert tables(report(implausible=tuple(aside), findings=(info, *mild)))["Findings by rule"] == [
        ["DIP-013", " violation", "2", "stances put aside", "too early 1", "s1"],
        ["ST-009", " warning", "3", "in the graph", "odd", "x0"],
        ["A-001", " info", "1", "in the graph", "so", "Why"],
    ]


def test_a_build_without_faults_says_so_part_by_part() -> None:
    text = review_page(report(stance("We like it.")), VOCABULARY)
    for said in (
        "Every document could be read.",
        "In every stance the rules read the act that was taken.",
        "Every target is in the vocabulary.",
        "Validation found nothing.",
    ):
        assert said in text
    assert "Against the gold rows" not in text


# --- gold rows ------------------------------------------------------------------------------------------

SOURCE = "China backs the ban. China rejects the code. China wants talks."


@pytest.fixture
def gold(tmp_path: Path) -> Compared:
    """One row right, one missed, one found with another act, one that nobody said; one document is not there."""
    row = '{{"doc": "one", "quote": "{}", "holders": ["china"], "act": "{}", "polarity": "{}", "targets": ["paros"]}}\n'
    (tmp_path / "one.gold.jsonl").write_text(
        row.format("China backs the ban.", "supports", "for")
        + row.format("China rejects the code.", "opposes", "against")
    )
    (tmp_path / "gone.gold.jsonl").write_text(row.format("x", "supports", "for").replace('"one"', '"gone"'))
    found = (
        stance("China rejects the code.", act="criticises", polarity="against"),
        stance("China wants talks.", act="calls-for"),
        stance("x", doc="other"),
    )
    return compare(sorted(tmp_path.glob("*.gold.jsonl")), {"one": SOURCE}, found)


def test_misses_and_false_rows_stand_by_act_with_their_words(gold: Compared) -> None:
    found = tables(report(stance("x")), gold)
    topic = "Arms race in outer space"
    assert found["Missed"] == [["supports for", "China", topic, "“China backs the ban.”", "one", "one.gold.jsonl:1"]]
    (false,) = found["False"]
    assert false[:5] == ["calls for for", "China", topic, "“China wants talks.”", "one"]
    assert false[5] == f"spacegov explain {gold.scores.false[0].where}"
    (otherwise,) = found["Read otherwise"]
    assert otherwise[:3] == ["act or polarity", "opposes against", "criticises against"]
    assert found["By act"] == [
        ["supports", "1", "0", "0", "1", "0"],
        ["opposes", "1", "0", "0", "0", "0"],
        ["calls for", "0", "1", "0", "0", "1"],
        ["criticises", "0", "1", "0", "0", "0"],
    ]


def test_gold_documents_that_the_build_lacks_are_named(gold: Compared) -> None:
    assert gold.absent == ("gone",)
    assert "Not in this build: gone." in review_page(report(stance("x")), VOCABULARY, gold)


# --- what holds of the page whatever is on it --------------------------------------------------------------


@pytest.fixture
def attacked(gold: Compared) -> str:
    """A page where everything that a text or a file can choose is an attack."""
    check = Check(name="rules-agree", passed=False, note=f"rules say {HOSTILE}")
    nasty = stance(HOSTILE, doc=f"d; rm -rf ~ {HOSTILE}", targets=(f"new:{HOSTILE}",), checks=(check,), confidence=0.1)
    broken = Broken(path=f"{HOSTILE}.txt", error="InputError", reason=HOSTILE)
    finding = Finding(rule="ST-009", severity="warning", focus=HOSTILE, message=HOSTILE)
    made = report(
        documents=(document(HOSTILE, (nasty,), title=HOSTILE), document("dumb", (), words=9000, title=HOSTILE)),
        broken=(broken,), implausible=(Broken(path="p", error="Implausible", reason=f"DIP-001: {HOSTILE}"),),
        findings=(finding,),
    )  # fmt: skip
    return review_page(made, VOCABULARY, gold)


def test_nothing_that_a_text_says_is_more_than_text(attacked: str) -> None:
    parsed = Page(attacked)
    assert not {"script", "link", "img", "iframe"} & set(parsed.tags)
    assert attacked.count("&lt;script&gt;") >= 10
    assert not set(attacked) & {"\u202e", "\x1b"}


def test_the_page_asks_nothing_of_any_host(attacked: str) -> None:
    assert not Page(attacked).asks
    assert not re.search(r"url\((?!#)|@import", attacked)
    assert "default-src 'none'" in attacked and "http" not in "".join(Page(attacked).links)


def test_a_command_is_safe_to_paste(attacked: str) -> None:
    commands = [row[-1] for row in Page(attacked).tables["Stances of least confidence"][1:]]
    assert commands and all(re.fullmatch(r"spacegov explain '[^']+'", command) for command in commands)


def test_every_part_can_be_reached_by_keyboard_and_is_named(attacked: str) -> None:
    parsed = Page(attacked)
    inside = [link[1:] for link in parsed.links]
    assert len(inside) == 8 and set(inside) <= set(parsed.ids)
    assert len(parsed.ids) == len(set(parsed.ids))
    assert attacked.count('class="scroll" tabindex="0" role="region"') == attacked.count("<table>") > 5
    assert all(header for rows in parsed.tables.values() for header in rows[0])
    assert "prefers-color-scheme: dark" in attacked and '<html lang="en">' in attacked


def test_the_same_rows_give_the_same_page_whatever_took_how_long(gold: Compared) -> None:
    made = report(stance("A.", confidence=0.2), stance("B.", confidence=0.2))
    again = replace(made, seconds={"extract": 3.0}, out=Path("elsewhere"), stances=made.stances[::-1])
    assert review_page(again, VOCABULARY, gold) == review_page(made, VOCABULARY, gold)
