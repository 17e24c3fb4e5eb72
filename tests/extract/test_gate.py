"""What counts as a word of outer space, and which blocks are read."""

from __future__ import annotations

import pytest

from spacegov.extract.gate import announces, density, gated_blocks, names_domain, readable
from spacegov.model import Metadata
from spacegov.sources import document_from_text


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("The space domain is contested.", True),
        ("All spacefaring nations agree.", True),
        ("Our space programme grows.", True),
        ("A space treaty is due.", True),
        ("The space race goes on.", True),
        ("No weapons in outer space.", True),
        ("ASAT tests must end.", True),
        # room of other kinds
        ("In the space of a few years all changed.", False),
        ("There is breathing space for diplomacy.", False),
        ("We need more policy space.", False),
        ("The space between us narrows.", False),
        ("They share this space, and we leave.", False),
        ("Civic space shrinks, as does the political space.", False),
        ("Give space to dialogue.", False),
        ("They need the peaceful space that elections ask for.", False),
        ("We lend whatever space we have.", False),
        ("We fear a military space, and a commercial space race.", True),
        ("Probes reach interplanetary space.", True),
        ("How extraordinary space is!", True),
        ("Operation Artemis saved lives.", False),
        ("The Artemis Accords and Operation Artemis are two things.", True),
        # satellites of other kinds
        ("We will be friends of all and satellites of none.", False),
        ("The satellite countries fell silent.", False),
        ("Two satellites of Peru and a satellite dish failed.", True),
    ],
)
def test_outer_space_is_told_from_other_room(sentence: str, named: bool) -> None:
    assert names_domain(sentence) is named


def test_blocks_of_the_domain_and_their_neighbours_are_read() -> None:
    far = "\n\n".join(["The sea is wide."] * 3)
    text = f"{far}\n\nSatellites fly.\n\nThis is good.\n\n{far}"
    document = document_from_text(text, Metadata(doc="d1"))
    read = [document.text[b.start : b.end] for _, b in gated_blocks(document, ())]
    assert read == ["The sea is wide.", "Satellites fly.", "This is good."]
    assert len(readable(document)) == 8


def test_a_document_is_the_denser_the_more_it_speaks_of_space() -> None:
    little, much = (document_from_text(t, Metadata(doc="d1")) for t in ("We met. " * 90, "Satellites orbit. " * 90))
    assert density(little) == 0 < 1 < density(much)


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("Let us now consider the question of an arms race in outer space", True),
        ("Finally, I wish to speak of one further matter of great concern", True),
        ("I now turn to space debris", True),
        ("We should like to touch briefly upon the Moon Agreement", True),
        ("Allow me to turn to the work of the Committee", True),
        ("Let us turn outer space into a zone of peace", False),
        ("Let us consider what Peru proposed", False),
        ("We turn down the draft", False),
        ("We speak of peace in outer space", False),
        ("We will come to an agreement on debris", False),
        ("We must turn to the rules on debris", False),
        ("Peru will turn to the Court", False),
    ],
)
def test_what_only_announces_the_next_matter_is_told(clause: str, told: bool) -> None:
    assert announces(clause) is told
