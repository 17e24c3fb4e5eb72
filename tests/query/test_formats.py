from __future__ import annotations

import io
import json

from pyoxigraph import RdfFormat, Store, parse

from spacegov.query import formats
from spacegov.query.run import run


def test_csv_gives_slugs_and_no_cell_that_a_spreadsheet_runs(store: Store) -> None:
    text = formats.to_csv(run(store, "who-proposed"))
    header, row = text.splitlines()
    assert header.startswith("holders,instrument,forum,date,basis,quote,document,title")
    assert row.startswith("china|russia,ppwt|weaponization,cd,2008-02,text,'=we table a draft,d1,'=Letter | of 2008")


def test_markdown_gives_labels_and_no_markup_of_the_text(store: Store) -> None:
    text = formats.to_markdown(run(store, "who-proposed"))
    assert "China; Russian Federation" in text
    assert "Draft treaty \\[on weapons\\]" in text
    assert "=Letter \\| of 2008" in text


def test_json_is_sparql_results_with_full_iris_one_binding_a_value(store: Store) -> None:
    document = json.loads(formats.to_json(run(store, "who-proposed")))
    bindings = document["results"]["bindings"]
    assert len(bindings) == 4
    assert bindings[0]["holders"] == {"type": "uri", "value": "https://w3id.org/spacegov/id/actor/china"}
    assert bindings[0]["date"]["datatype"].endswith("gYearMonth")
    assert "the_actor" not in document["head"]["vars"]


def test_turtle_is_what_the_answer_rests_on(store: Store) -> None:
    turtle = formats.to_turtle(run(store, "who-proposed"), store)
    subjects = {str(quad.subject) for quad in parse(turtle, format=RdfFormat.TURTLE)}
    kinds = sorted(subject.split("/id/")[1] for subject in subjects)
    assert kinds == ["document/d1>", "evidence/s1>", "stance/s1>"]


def test_a_workbook_has_texts_where_a_formula_might_be(store: Store) -> None:
    from openpyxl import load_workbook

    content = formats.to_xlsx(run(store, "evidence-for", stance="s1"))
    sheet = load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Which passages stand behind a stance, word by word and place by place?"
    at = rows[1].index("quote")
    assert rows[2][at] == "=we table a draft"
    assert sheet.cell(row=3, column=at + 1).data_type == "s"
    assert rows[2][rows[1].index("start")] == 10


def test_two_workbooks_of_one_answer_hold_the_same(store: Store) -> None:
    answer = run(store, "who-proposed")
    assert formats.shown(answer) == formats.shown(run(store, "who-proposed"))
