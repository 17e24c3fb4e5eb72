"""Validating a change finds what a full run finds, and asks about no more than it must."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings

from spacegov.errors import InputError
from spacegov.validate.affected import affected
from spacegov.validate.changed import validate_changed
from spacegov.validate.context import Settings
from spacegov.validate.evaluate import Evaluator
from spacegov.validate.graph import Graph, Term, store_of
from spacegov.validate.pipeline import validate_paths
from spacegov.validate.shape_reader import read_shapes
from spacegov.validate.shapes import Shapes

from .test_engines import DATA, PREFIXES, SHAPES, Row, rows


def git(place: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=place, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, good: str) -> Path:
    """Two files, committed: the second is wrong from the start."""
    things, _, stance = good.partition("stance:one")
    head = good[: good.index("actor:utopia")]
    (tmp_path / "things.ttl").write_text(things)
    (tmp_path / "one.ttl").write_text(head + "stance:one" + stance)
    (tmp_path / "two.ttl").write_text(head + "stance:two a sg:Stance .")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def found(place: Path, world: Settings) -> list[tuple[str, str, str]]:
    findings = validate_changed([place], "HEAD", world).findings
    return [(f.rule, text.rsplit("/", 1)[-1], Path(f.file or "").name) for f in findings if (text := f.focus)]


def test_nothing_changed_means_nothing_new(repository: Path, world: Settings) -> None:
    assert found(repository, world) == []


def test_a_changed_file_is_validated_and_the_others_are_not(repository: Path, world: Settings) -> None:
    path = repository / "one.ttl"
    path.write_text(path.read_text().replace("0.9", "1.9"))
    assert found(repository, world) == [("ST-003", "one", "one.ttl")]


def test_what_a_change_breaks_in_another_file_is_found_there(repository: Path, world: Settings) -> None:
    path = repository / "things.ttl"
    path.write_text(path.read_text().replace("actor:utopia a sg:State", "actor:utopia a sg:Forum"))
    assert ("ST-001", "one", "one.ttl") in found(repository, world)


def test_a_check_that_a_change_breaks_in_another_file_is_found(repository: Path, world: Settings) -> None:
    path = repository / "things.ttl"
    path.write_text(path.read_text().replace("1945", "2045"))
    assert found(repository, world) == [("LOG-001", "one", "one.ttl")]


def test_a_deleted_file_leaves_dangling_names_behind(repository: Path, world: Settings) -> None:
    (repository / "things.ttl").unlink()
    assert {rule for rule, _, _ in found(repository, world)} == {"REF-003", "ST-001", "ST-002"}


def test_a_new_file_is_validated_before_it_is_committed(repository: Path, world: Settings) -> None:
    text = (repository / "two.ttl").read_text().replace("stance:two", "stance:three")
    (repository / "three.ttl").write_text(text)
    assert found(repository, world) == [("ST-001", "three", "three.ttl")]


def test_syntax_errors_of_a_changed_file_are_told(repository: Path, world: Settings) -> None:
    (repository / "one.ttl").write_text("nonsense")
    findings = validate_changed([repository], "HEAD", world).findings
    assert [f.rule for f in findings] == ["SYN-001"]


def test_a_revision_that_does_not_exist_is_told(repository: Path, world: Settings) -> None:
    with pytest.raises(InputError, match="--changed-only"):
        validate_changed([repository], "no-such-branch", world)


def test_a_revision_cannot_be_an_option(repository: Path, world: Settings) -> None:
    with pytest.raises(InputError, match="not a revision"):
        validate_changed([repository], "--output=x", world)


def test_files_outside_a_repository_are_told(tmp_path: Path, world: Settings, good: str) -> None:
    (tmp_path / "good.ttl").write_text(good)
    with pytest.raises(InputError, match="--changed-only: git"):
        validate_changed([tmp_path], "HEAD", world)


def test_a_constraint_that_only_pyshacl_knows_is_judged_too(repository: Path, tmp_path: Path, world: Settings) -> None:
    pack = tmp_path / "pack.ttl"
    pack.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://p/S> a sh:NodeShape ;"
        " sh:targetClass <https://w3id.org/spacegov/ontology#Forum> ; sh:sparql [ sh:select 'SELECT $this WHERE {"
        ' $this <https://w3id.org/spacegov/ontology#symbol> "bad" }\' ] .'
    )
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "a pack")
    path = repository / "things.ttl"
    path.write_text(path.read_text() + '\nforum:assembly sg:symbol "bad" .')
    assert ("http://p/S", "assembly", "things.ttl") in found(path, replace(world, packs=(pack,)))


def test_the_whole_run_agrees_on_every_change_of_this_file(repository: Path, world: Settings) -> None:
    path = repository / "one.ttl"
    before = path.read_text()
    known = {f.fingerprint for f in validate_paths([repository], world).findings}
    for old, new in (
        ("sg:isHeldBy actor:utopia ;", ""),
        ("0.9", "'x'"),
        ("assembly", "nowhere"),
        ("a sg:Stance", "a sg:Actor"),
    ):
        path.write_text(before.replace(old, new))
        whole = [f for f in validate_paths([repository], world).findings if f.rule != "SHP-001"]
        part = validate_changed([repository], "HEAD", world).findings
        assert {f for f in whole if f.fingerprint not in known} <= set(part) <= set(whole)


# --- any change of any graph under any shapes ---------------------------------------------------------------


def results(data: Graph, shapes: Shapes) -> dict[tuple[str, Term], set[Row]]:
    """The results of each shape about each of its focus nodes (a nested result has a focus of its own)."""
    evaluator = Evaluator(data, shapes)
    return {
        (str(root.node), node): rows(list(evaluator.results(root, node)))
        for root in shapes.roots
        for node in evaluator.targets(root)
    }


def parsed(text: str) -> set[ox.Quad]:
    # through a store, as files go: literals are compared as stores write them
    return set(store_of(ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)))


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(DATA, DATA, SHAPES)
def test_a_node_that_is_not_affected_keeps_its_results(before: str, after: str, shapes: str) -> None:
    old, new = parsed(before), parsed(after)
    # the same labels for blank nodes on both sides are enough here
    graph = Graph(store_of(new))
    read = read_shapes(Graph(store_of(ox.parse(PREFIXES + shapes, format=ox.RdfFormat.TURTLE))))
    earlier, later = results(Graph(store_of(old)), read), results(graph, read)
    evaluator = Evaluator(graph, read)
    for root in read.roots:
        targets = set(evaluator.targets(root))
        assert {node for node in targets if evaluator.is_target(root, node)} == targets
        reached = affected(graph, read, root, old ^ new)
        if reached is None:
            continue
        for node in targets - reached:
            key = (str(root.node), node)
            assert later[key] == earlier.get(key, set())
