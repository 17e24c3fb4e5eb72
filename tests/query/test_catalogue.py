from __future__ import annotations

from pathlib import Path

import pytest

from spacegov.query.catalogue import CatalogueError, Param, catalogue, read_question

GOOD = """\
# id: sample
# question: Who?
# params: actor (actor, required), since (date, optional)
# answers: one row per stance
# columns: holders*, stance
# example: actor=china
# keywords: one, two words

SELECT ?holders ?stance ?the_actor ?the_since
WHERE {
  ?stance a ?holders .
  # when since
  FILTER(?stance > ?the_since)
  # end
}
"""


def _read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sample.rq"
    path.write_text(text)
    read_question(path)


def test_a_header_becomes_a_record(tmp_path: Path) -> None:
    path = tmp_path / "sample.rq"
    path.write_text(GOOD)
    question = read_question(path)
    assert question.params == (
        Param(name="actor", type="actor", required=True),
        Param(name="since", type="date", required=False),
    )
    assert [(c.name, c.many) for c in question.columns] == [("holders", True), ("stance", False)]
    assert question.keywords == ("one", "two words")
    assert question.example == {"actor": "china"}


def test_lines_of_a_parameter_that_is_not_given_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "sample.rq"
    path.write_text(GOOD)
    question = read_question(path)
    assert "FILTER" not in question.sparql(["actor"])
    assert "FILTER" in question.sparql(["actor", "since"])


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("# id: sample", "# id: other", "differs from the file's name"),
        ("# question: Who?\n", "", "lacks question"),
        ("(date, optional)", "(day, optional)", "write 'name (type"),
        ("?the_actor ?the_since", "?the_actor", "the_since"),
        ("holders*, stance", "holders*, stance, quote", "quote"),
        ("# when since", "# when until", "'# when until' names no parameter"),
        ("?stance > ?the_since", "!BOUND(?the_since)", "never sees a parameter"),
        ("# keywords:", "# keyword:", "is not '# name: value'"),
    ],
)
def test_a_file_that_would_answer_wrongly_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert old in GOOD
    with pytest.raises(CatalogueError, match=r"sample\.rq") as caught:
        _read(tmp_path, GOOD.replace(old, new))
    assert complaint in str(caught.value)


def test_the_shipped_catalogue_asks_real_questions_and_examples_name_real_parameters() -> None:
    for question in catalogue().values():
        assert question.question.endswith("?")
        assert question.keywords
        assert all(question.param(name) for name in question.example), question.id
