"""A new or restated edition comes in when two officers agree, and never otherwise."""

import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from panjereh.commands.management.commands import indices as command
from panjereh.domain.audit.models import Leaf
from panjereh.domain.indices import api as indices
from panjereh.domain.indices.models import Edition, Proposal, Value
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.indices.conftest import HOUR, make_operators
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import OPERATING, make_somebody
from tests.platform.people.registers import AT

Pair = tuple[Actor, Actor]
COLUMNS = ("iso3", "ranked", "rank", "egdi", "osi", "tii", "hci", "epi")


def file_of(**restated: dict[str, object]) -> bytes:
    """Return the edition 2024 as a file, with some cells of some states otherwise."""
    table = indices.edition_table("egdi", "2024")
    lines = [",".join(COLUMNS)]
    for row in table.rows:
        cells = {"iso3": row.iso3, "ranked": 1, "rank": row.published_rank, **row.values}
        cells |= restated.get(row.iso3, {})
        lines.append(",".join(str(cells[name]) for name in COLUMNS))
    return "\n".join(lines).encode()


def method_of(edition: str) -> dict[str, Any]:
    told = json.loads(Edition.objects.get(index="egdi", edition="2024").method)
    return told | {"edition": edition}


def propose(
    content: bytes, *, actor: Actor, edition: str = "2024", proposal_id: UUID | None = None, **more: Any
) -> tuple[UUID, indices.Report]:
    proposal_id = proposal_id or fresh_id()
    asked = {"index": "egdi", "edition": edition, "source": "D", **more}
    return proposal_id, indices.propose_edition(proposal_id, content=content, actor=actor, at=AT, **asked)


def values_of(iso3: str, part: str) -> list[float]:
    rows = Value.objects.filter(edition__index="egdi", edition__edition="2024", iso3=iso3, part=part)
    return [float(row.value or 0) for row in rows.order_by("revision")]


def test_a_restated_value_counts_once_another_officer_agrees_and_the_older_one_stays(
    published: Path, officers: Pair
):
    proposal_id, report = propose(file_of(IRN={"osi": 0.4}), actor=officers[0])
    before = indices.edition_table("egdi", "2024").value("IRN", "osi")

    written = indices.accept_edition(proposal_id, actor=officers[1], at=AT + HOUR)

    assert report.changes.restated == (indices.Restated("egdi 2024 IRN osi", "0.37729", "0.4"),)
    assert (before, written, values_of("IRN", "osi")) == (0.37729, 1, [0.37729, 0.4])
    assert indices.edition_table("egdi", "2024").value("IRN", "osi") == 0.4


def test_a_new_edition_is_a_file_and_a_method(published: Path, officers: Pair):
    proposal_id, report = propose(
        file_of(), actor=officers[0], edition="2026", method=method_of("2026"), index="egdi"
    )

    indices.accept_edition(proposal_id, actor=officers[1], at=AT + HOUR)

    assert report.changes.added == 193 * 5
    assert [each.edition for each in indices.editions("egdi")][-2:] == ["2024", "2026"]
    assert indices.check("egdi", "2026", "IRN").is_reproduced


@pytest.mark.slow
@pytest.mark.parametrize("line", ["", "IRN,0,,,,,,"])
def test_an_edition_without_the_country_leaves_every_page_standing(
    client: Client, published: Path, officers: Pair, line: str
):
    rows = [line if row.startswith("IRN") else row for row in file_of().decode().splitlines()]
    proposal_id, _ = propose(
        "\n".join(filter(None, rows)).encode(), actor=officers[0], edition="2026", method=method_of("2026")
    )
    indices.accept_edition(proposal_id, actor=officers[1], at=AT + HOUR)

    pages = ("/indices/", "/indices/targets/", "/indices/countries/IRN/", "/indices/what-if/")
    told = [client.get(path).status_code for path in (*pages, "/indices/compare/", "/api/v1/index-targets")]
    (egdi, _) = indices.targets(on=AT.date())

    assert told == [200] * 6
    assert (egdi.edition, egdi.needed_still.rank_from) == ("2024", 101)


def test_whoever_decides_is_told_of_every_parameter_that_the_method_has_otherwise(
    published: Path, officers: Pair
):
    told = method_of("2024")
    told |= {
        "tolerance": told["tolerance"] | {"value": "0.5"},
        "known_faults": [{"iso3": "IRN", "part": "egdi"}],
    }

    _, report = propose(file_of(), actor=officers[0], method=told)

    found = [each.about for each in report.findings if each.kind is indices.FaultKind.METHOD_OTHERWISE]
    assert [each.split(":")[0] for each in found] == ["known_faults", "tolerance"]
    assert '"0.5"' in found[1]


@pytest.mark.slow
def test_a_method_that_two_officers_decided_on_stands_against_the_files(published: Path, officers: Pair):
    told = method_of("2024")
    proposal_id, _ = propose(
        file_of(), actor=officers[0], method=told | {"tolerance": told["tolerance"] | {"value": "0.00123"}}
    )
    indices.accept_edition(proposal_id, actor=officers[1], at=AT + HOUR)

    changes = {each.kind: each for each in indices.import_indices(published, at=AT + 2 * HOUR)}

    assert changes["edition"].writes == 0
    assert indices.edition("egdi", "2024").method.tolerance == 0.00123


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": {"value": {"none": "1"}, "state": "reported", "source": "told"}},
        {"tolerance": {"value": "-1", "state": "reported", "source": "told"}},
        {"osi_points": {"value": 0, "state": "reported", "source": "told"}},
    ],
)
def test_a_method_that_no_page_could_compute_with_is_refused(
    published: Path, officers: Pair, wrong: dict[str, Any]
):
    told = method_of("2026") | wrong
    told["sources"] |= {"told": "Told by others"}

    with pytest.raises(indices.EditionFaulty) as refused:
        propose(file_of(), actor=officers[0], edition="2026", method=told)

    assert {each.kind for each in refused.value.faults} == {indices.FaultKind.METHOD_NOT_USABLE}


def test_what_stands_out_is_told_to_whoever_decides(published: Path, officers: Pair):
    content = file_of(IRN={"egdi": 0.9}).replace(b"\nZWE", b"\nZWX").split(b"\nZWX")[0]

    proposal_id, report = propose(content, actor=officers[0])

    kinds = {each.kind for each in report.findings}
    assert kinds == {
        indices.FaultKind.RANK_NOT_REPRODUCED,
        indices.FaultKind.WEIGHTS_NOT_ADDING_UP,
        indices.FaultKind.STATES_MISSING,
        indices.FaultKind.RANKED_OTHERWISE,
    }
    seen = indices.proposal(proposal_id, actor=officers[1], at=AT)
    assert {kind for _, kind, _ in seen.report["findings"]} == {kind.value for kind in kinds}
    assert [each.id for each in indices.proposals(actor=officers[1], at=AT)] == [proposal_id]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"iso3": "XYZ"}, indices.FaultKind.UNKNOWN_STATE),
        ({"iso3": "IRQ"}, indices.FaultKind.DOUBLED_ROW),
        ({"osi": 1.5}, indices.FaultKind.OUTSIDE_SCALE),
        ({"osi": "nan"}, indices.FaultKind.NOT_A_NUMBER),
        ({"osi": 0.1234567}, indices.FaultKind.NOT_A_NUMBER),
        ({"rank": 1.5}, indices.FaultKind.NOT_A_NUMBER),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_with_the_line(
    published: Path, officers: Pair, cells: dict[str, object], kind: indices.FaultKind
):
    with pytest.raises(indices.EditionFaulty) as refused:
        propose(file_of(IRN=cells), actor=officers[0])

    assert kind in {each.kind for each in refused.value.faults}
    assert refused.value.facts() == {"count": len(refused.value.faults)}
    assert min(each.line for each in refused.value.faults if each.kind is kind) > 1


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"source": "Z"}, indices.FaultKind.UNKNOWN_SOURCE),
        ({"edition": "2026"}, indices.FaultKind.METHOD_NOT_USABLE),
        ({"edition": "20266"}, indices.FaultKind.METHOD_NOT_USABLE),
        ({"edition": "2026", "method": {"index": "egdi"}}, indices.FaultKind.METHOD_NOT_USABLE),
    ],
)
def test_an_edition_needs_a_known_source_and_a_method(
    published: Path, officers: Pair, more: dict[str, Any], kind: indices.FaultKind
):
    with pytest.raises(indices.EditionFaulty) as refused:
        propose(file_of(IRN={"osi": 0.4}), actor=officers[0], **more)

    assert {each.kind for each in refused.value.faults} == {kind}


def test_a_file_beyond_its_size_is_not_read(published: Path, officers: Pair):
    with pytest.raises(indices.EditionFaulty, match="bytes and not"):
        propose(b"x" * (indices.MAX_EDITION_BYTES + 1), actor=officers[0])


def test_a_method_belongs_to_its_edition_and_names_its_sources(published: Path, officers: Pair):
    for method in (method_of("2028"), method_of("2026") | {"sources": {}}):
        with pytest.raises(indices.EditionFaulty):
            propose(file_of(), actor=officers[0], edition="2026", method=method)


def test_whoever_proposes_does_not_decide(published: Path, officers: Pair):
    proposal_id, _ = propose(file_of(IRN={"osi": 0.4}), actor=officers[0])

    with pytest.raises(indices.NotOnesOwnProposal):
        indices.accept_edition(proposal_id, actor=officers[0], at=AT)
    row = Proposal.objects.get(id=proposal_id)
    row.state, row.decided_by, row.decided_at = "accepted", row.proposed_by, AT
    with pytest.raises(IntegrityError, match="indices_proposal_four_eyes"), transaction.atomic():
        row.save()
    assert values_of("IRN", "osi") == [0.37729]


def test_a_proposal_is_decided_once(published: Path, officers: Pair):
    proposal_id, _ = propose(file_of(IRN={"osi": 0.4}), actor=officers[0])
    indices.turn_down_edition(
        proposal_id, reason=indices.TurnDownReason.WRONG_VALUES, actor=officers[1], at=AT
    )

    with pytest.raises(indices.ProposalDecided) as refused:
        indices.accept_edition(proposal_id, actor=officers[1], at=AT)

    assert (refused.value.state, values_of("IRN", "osi")) == ("turned-down", [0.37729])
    assert indices.proposal(proposal_id, actor=officers[0], at=AT).reason == "wrong-values"


def test_sent_twice_it_is_one_proposal_and_another_waits_for_the_decision(published: Path, officers: Pair):
    content = file_of(IRN={"osi": 0.4})
    proposal_id, first = propose(content, actor=officers[0])

    _, again = propose(content, actor=officers[0], proposal_id=proposal_id)

    assert (again, Proposal.objects.count()) == (first, 1)
    with pytest.raises(indices.ProposalWaits):
        propose(file_of(IRN={"osi": 0.5}), actor=officers[1])


def test_a_file_that_says_the_same_is_nothing_to_decide(published: Path, officers: Pair):
    with pytest.raises(indices.EditionSaysTheSame):
        propose(file_of(), actor=officers[0])


def test_only_operators_propose_and_decide_and_only_for_known_indices(published: Path, officers: Pair):
    proposal_id, _ = propose(file_of(IRN={"osi": 0.4}), actor=officers[0])
    somebody = make_somebody().at_the_desk(OPERATING)

    for refused in (
        lambda: propose(file_of(IRN={"osi": 0.4}), actor=somebody),
        lambda: propose(b"", actor=officers[0], index="none"),
        lambda: indices.accept_edition(proposal_id, actor=somebody, at=AT),
        lambda: indices.accept_edition(fresh_id(), actor=officers[1], at=AT),
        lambda: indices.proposals(actor=somebody, at=AT),
        lambda: indices.proposal(fresh_id(), actor=officers[1], at=AT),
    ):
        with pytest.raises(NotFound):
            refused()


def test_each_step_leaves_a_leaf_with_the_digest_of_the_file(published: Path, officers: Pair):
    proposal_id, _ = propose(file_of(IRN={"osi": 0.4}), actor=officers[0])
    indices.accept_edition(proposal_id, actor=officers[1], at=AT)

    leaves = Leaf.objects.filter(subject=str(proposal_id)).order_by("at", "id")
    sha256 = Proposal.objects.get(id=proposal_id).sha256
    assert {(each.event, each.facts["sha256"]) for each in leaves} == {
        ("indices.edition.proposed", sha256),
        ("indices.edition.accepted", sha256),
    }


@pytest.mark.slow
def test_what_two_officers_decided_stands_against_the_files(published: Path, officers: Pair):
    proposal_id, _ = propose(file_of(IRN={"osi": 0.4}), actor=officers[0])
    indices.accept_edition(proposal_id, actor=officers[1], at=AT)

    told = {each.kind: each for each in indices.import_indices(published, at=AT + HOUR)}

    assert (told["value"].decided, told["value"].writes) == (1, 0)
    assert values_of("IRN", "osi") == [0.37729, 0.4]


def test_an_edition_goes_through_at_the_command_line(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    first, second = make_operators()
    monkeypatch.setattr(command, "now", lambda: AT)
    file, method = tmp_path / "edition.csv", tmp_path / "method.json"
    file.write_bytes(file_of(IRN={"osi": 0.4}))
    method.write_text(json.dumps(method_of("2024")), encoding="utf-8")

    def run(number: str, *typed: str) -> str:
        monkeypatch.setattr(command.sys, "stdin", io.StringIO(f"{number}\n"))
        out = io.StringIO()
        call_command("indices", *typed, stdout=out)
        return out.getvalue()

    asked = ("propose", str(file), "--edition", "2024", "--source", "D", "--method", str(method))
    told = run(first.number.value, *asked)
    proposal_id = str(Proposal.objects.get().id)

    assert f"proposed {proposal_id}: 0 new figures" in told
    assert "restated egdi 2024 IRN osi: 0.37729 → 0.4" in told
    assert "look at egdi-2024.csv" in told
    assert f"{proposal_id} egdi 2024 proposed" in run(second.number.value, "list")
    with pytest.raises(CommandError, match="index-proposal-needs-other-eyes"):
        run(first.number.value, "accept", proposal_id)
    assert run(second.number.value, "accept", proposal_id) == "accepted: 1 figures\n"
    with pytest.raises(CommandError, match="index-proposal-decided"):
        run(second.number.value, "turn-down", proposal_id, "--reason", "wrong-source")
    with pytest.raises(CommandError, match="not-found"):
        run(make_somebody().number.value, "list")
    with pytest.raises(CommandError, match="standard input"):
        run("nobody", "list")
    file.write_bytes(b"iso3\nIRN\n")
    with pytest.raises(CommandError, match=r"index-edition-faulty\negdi-2024.csv:1: I01"):
        run(first.number.value, *asked)
