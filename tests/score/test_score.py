from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from spacegov.errors import InputError, RowError
from spacegov.score import load_gold, load_rows, score, texts_folder
from spacegov.score.measures import LEVELS, Scores
from spacegov.score.pairing import Level, level_of, pair_rows, same_date, shared_words
from spacegov.score.rows import as_row, document_of, find_texts, fold, gold_files

TEXT = fold("Utopia supports the “Treaty”. Erewhon opposes the Treaty. Utopia supports the “Treaty”.")


def row(quote: str = 'Utopia supports the "Treaty"', **changes: Any) -> Any:
    made = {
        "doc": "d",
        "quote": quote,
        "holders": ["utopia"],
        "act": "supports",
        "polarity": "for",
        "targets": ["ost"],
    }
    return as_row(made | changes, TEXT)


def scored(gold: list[Any], found: list[Any]) -> Scores:
    return score(gold, found, ["d"])


# --- finding and pairing -------------------------------------------------------------------------------


def test_typography_case_and_white_space_are_no_difference() -> None:
    assert row("utopia  supports\nthe “treaty”").span == (0, 28)


def test_start_picks_among_equal_quotes() -> None:
    assert row(start=60).span == (58, 86)


def test_a_quote_that_is_not_there_is_an_invented_one() -> None:
    found = scored([row()], [row("Utopia rejects the Treaty")])
    assert found.total["invented"] == 1
    assert found.ratio("span").hit == 0


def test_a_quote_of_the_whole_page_finds_nothing() -> None:
    assert shared_words((0, 20), (0, 1000)) == 0.0
    assert shared_words((0, 20), (0, 100)) == 0.2


def test_iris_count_as_slugs() -> None:
    iri = row(holders=["https://w3id.org/spacegov/id/actor/Utopia"])
    assert level_of(row(), iri) == Level.STANCE


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, Level.STANCE),
        ({"act": "opposes"}, Level.SPAN),
        ({"polarity": "against"}, Level.SPAN),
        ({"holders": ["utopia", "erewhon"]}, Level.ACT),
        ({"targets": ["moon-agreement"]}, Level.HOLDER),
        ({"targets": ["moon-agreement", "ost"]}, Level.STANCE),
        ({"targets": ["space-law"]}, Level.STANCE),
    ],
)
def test_each_level_needs_the_one_before(change: dict[str, Any], level: Level) -> None:
    assert level_of(row(also_right=["space-law"]), row(**change)) == level


def test_a_row_answers_only_one_row_and_the_better_answer_wins() -> None:
    wrong, right = row(act="opposes"), row()
    pairs = pair_rows([row()], [wrong, right])
    assert [(pair.found is right, pair.level) for pair in pairs] == [(True, Level.STANCE)]


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("2024-05-06", "2024-05", True),
        ("2024", "2024-05-06", True),
        ("2024-05-06", "202", False),
        ("2024", None, False),
        ("2023", "2024", False),
    ],
)
def test_a_date_is_right_where_one_starts_the_other_and_both_name_the_year(
    gold: str, found: str | None, right: bool
) -> None:
    assert same_date(row(date=gold), row(date=found)) is right


def test_a_forum_that_gold_does_not_have_is_neither_right_nor_wrong() -> None:
    found = scored([row()], [row(forum="cd")])
    assert found.total["forum gold"] == found.total["forum hit"] == 0


@pytest.mark.parametrize(
    ("change", "hits"),
    [
        ({}, 1),
        ({"forum": "unga"}, 0),
        ({"date": "2009"}, 0),
        ({"date": "2008-02-12"}, 1),
        ({"act": "calls-for"}, 0),
    ],
)
def test_a_proposal_is_right_with_holders_target_forum_and_year(change: dict[str, Any], hits: int) -> None:
    gold = row(act="proposes", forum="cd", date="2008")
    answer = row(**({"act": "proposes", "forum": "cd", "date": "2008"} | change))
    assert scored([gold], [answer]).ratio("proposals").hit == hits


def test_figures_follow_from_the_counts() -> None:
    found = scored([row(), row("Erewhon opposes the Treaty", act="opposes", holders=["erewhon"])], [row()])
    stance = found.ratio("stance")
    assert (stance.precision, stance.recall, round(stance.f1, 4)) == (1.0, 0.5, 0.6667)
    assert [r.quote for r in found.missed] == ["Erewhon opposes the Treaty"]


def test_no_rows_at_all_score_nothing_and_divide_by_nothing() -> None:
    assert [scored([], []).f1(name) for name in LEVELS] == [0.0] * 4


def test_groups_say_where_the_errors_are() -> None:
    gold = [row(), row("Erewhon opposes the Treaty", act="opposes", polarity="against", holders=["erewhon"])]
    found = score(gold, [gold[0]], ["d"], facts={"d": {"genre": "speech", "decade": "2000s"}})
    assert found.groups["actor"]["utopia"].f1 == 1.0
    assert found.groups["act"]["opposes"].f1 == 0.0
    assert found.groups["decade"]["2000s"].gold == 2


def test_the_interval_holds_the_figure_and_is_the_same_every_time() -> None:
    texts = {f"d{n}": TEXT for n in range(8)}
    said = {"quote": "Erewhon opposes the Treaty", "act": "opposes", "targets": ["ost"]}
    gold = [as_row({"doc": doc, **said}, TEXT) for doc in texts]
    scores = score(gold, gold[:5], texts)
    low, high = scores.interval("stance", draws=200)
    assert low < scores.f1("stance") < high
    assert (low, high) == scores.interval("stance", draws=200)


# --- files --------------------------------------------------------------------------------------------


def test_a_document_without_any_gold_row_counts_false_rows(tmp_path: Path) -> None:
    empty = tmp_path / "d.gold.jsonl"
    empty.write_text("", encoding="utf-8")
    assert document_of(empty) == "d"
    assert load_gold([empty], {"d": TEXT}) == []
    assert scored([], [row()]).ratio("span").found == 1


def test_gold_rows_under_another_documents_name_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "d.gold.jsonl"
    file.write_text('{"doc": "e", "act": "supports", "quote": "x"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="no gold file is named after: e"):
        load_gold([file], {"d": TEXT, "e": TEXT})


def test_a_row_without_an_act_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "d.gold.jsonl"
    file.write_text('\n{"doc": "d"}\n', encoding="utf-8")
    with pytest.raises(RowError, match=r"d\.gold\.jsonl:2: a row needs doc and act"):
        load_rows([file], {"d": TEXT})


def test_texts_are_looked_for_beside_the_gold_rows(tmp_path: Path) -> None:
    gold = tmp_path / "gold" / "dev"
    gold.mkdir(parents=True)
    (gold / "d.gold.jsonl").touch()
    assert gold_files([gold]) == [gold / "d.gold.jsonl"]
    with pytest.raises(InputError, match="--texts"):
        texts_folder(gold_files([gold]))
    (tmp_path / "corpus" / "x").mkdir(parents=True)
    (tmp_path / "corpus" / "x" / "d.txt").touch()
    assert texts_folder(gold_files([gold])) == tmp_path / "corpus"
    assert list(find_texts(tmp_path / "corpus", ["d"])) == ["d"]
    with pytest.raises(InputError, match=r"no text e\.txt"):
        find_texts(tmp_path / "corpus", ["e"])


def test_a_folder_without_gold_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold rows"):
        gold_files([tmp_path])


# --- against the scorer that came with the gold rows ------------------------------------------------------


@pytest.mark.shared
def test_the_figures_are_those_of_the_scorer_beside_the_gold_rows(shared: Path, tmp_path: Path) -> None:
    """Gold rows, some spoiled at random, some left out, some twice: both scorers must agree on everything."""
    files = gold_files([shared / "gold" / "dev"])
    chance = random.Random(7)
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    spoiled = [_spoil(dict(original), chance) for original in rows for _ in range(chance.choice((0, 1, 1, 2)))]
    predicted = tmp_path / "rows.jsonl"
    predicted.write_text("".join(json.dumps(r) + "\n" for r in spoiled), encoding="utf-8")
    command = [
        sys.executable,
        str(shared / "gold" / "score.py"),
        *map(str, files),
        "--predicted",
        str(predicted),
        "--json",
    ]
    expected = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    paths = find_texts(shared / "corpus", map(document_of, files))
    texts = {doc: fold(path.read_text(encoding="utf-8")) for doc, path in paths.items()}
    found = score(load_gold(files, texts), load_rows([predicted], texts), texts)
    for name in ("span", "act", "holder", "stance", "targets", "proposals"):
        ratio = found.ratio(name)
        ours = {"precision": ratio.precision, "recall": ratio.recall, "f1": ratio.f1}
        assert {key: round(value, 4) for key, value in ours.items()} == expected[name], name
    for name in ("forum", "date"):
        assert (found.total[f"{name} hit"], found.total[f"{name} gold"]) == (
            expected[name]["right"], expected[name]["of"])  # fmt: skip
    assert found.total["invented"] == expected["invented quotes"] > 0


def _spoil(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    ways = {
        "act": lambda: chance.choice(("proposes", "supports", "opposes")),
        "holders": lambda: ["china"],
        "targets": lambda: [*row["targets"][:1], "paros"],
        "quote": lambda: row["quote"][len(row["quote"]) // chance.choice((2, 3, 9)) :] or "nothing of the kind",
        "date": lambda: (row["date"] or "2008")[: chance.choice((4, 7))],
        "forum": lambda: "cd",
    }
    for name in chance.sample(sorted(ways), chance.randint(0, 2)):
        row[name] = ways[name]()
    if chance.random() < 0.05:
        row["quote"] = "words that nobody said"
    return row
