"""Laws of the tree: roots and proofs agree with the slow reference, and no bad proof passes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_tlog.hashing import EMPTY_ROOT, leaf_hash, node_hash
from panjereh_tlog.proofs import (
    ProofError,
    make_consistency_proof,
    make_inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from panjereh_tlog.tree import Frontier, HashAt, complete_root, tree_root
from tests.tlog import reference

trees = st.integers(1, 70).map(lambda size: [index.to_bytes(2, "big") for index in range(size)])


def reader(leaves: list[bytes]) -> HashAt:
    def hash_at(height: int, index: int) -> bytes:
        below = leaves[index << height : (index + 1) << height]
        return complete_root([leaf_hash(leaf) for leaf in below])

    return hash_at


def test_the_empty_tree_has_the_root_of_the_rfc() -> None:
    assert (
        tree_root(0, reader([])).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_the_known_tree_of_certificate_transparency_has_its_known_roots() -> None:
    # The eight inputs of the reference tests that every Certificate Transparency implementation shares.
    inputs = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    leaves = [bytes.fromhex(text) for text in inputs]

    roots = {size: tree_root(size, reader(leaves)).hex() for size in (1, 2, 3, 8)}

    assert roots == {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }


@pytest.mark.slow
@given(trees)
def test_the_root_is_that_of_the_reference(leaves: list[bytes]) -> None:
    assert tree_root(len(leaves), reader(leaves)) == reference.root(leaves)


@pytest.mark.slow
@given(trees, st.data())
def test_the_growing_edge_has_the_root_of_the_reference(leaves: list[bytes], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(leaves)))
    frontier = Frontier(start, reader(leaves))

    for leaf in leaves[start:]:
        frontier.add(leaf_hash(leaf))

    assert (frontier.size, frontier.root()) == (len(leaves), reference.root(leaves))


def test_an_edge_without_leaves_has_the_empty_root() -> None:
    assert Frontier(0, reader([])).root() == EMPTY_ROOT


@pytest.mark.slow
@given(trees, st.data())
def test_an_inclusion_proof_is_that_of_the_reference_and_verifies(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))

    proof = make_inclusion_proof(index, len(leaves), reader(leaves))

    assert proof == reference.path(index, leaves)
    verify_inclusion(
        leaf_hash(leaves[index]), index=index, size=len(leaves), proof=proof, root=reference.root(leaves)
    )


@pytest.mark.slow
@given(trees, st.data())
def test_a_consistency_proof_is_that_of_the_reference_and_verifies(
    leaves: list[bytes], data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, len(leaves)))

    proof = make_consistency_proof(old, len(leaves), reader(leaves))

    assert proof == reference.proof(old, leaves)
    verify_consistency(
        old_size=old,
        new_size=len(leaves),
        proof=proof,
        old_root=reference.root(leaves[:old]),
        new_root=reference.root(leaves),
    )


@pytest.mark.slow
@given(trees, st.data())
def test_a_changed_inclusion_proof_never_passes(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    honest = make_inclusion_proof(index, len(leaves), reader(leaves))
    claim: dict[str, Any] = {
        "leaf": leaf_hash(leaves[index]),
        "index": index,
        "size": len(leaves),
        "proof": honest,
    }
    lie: dict[str, Any] = data.draw(
        st.sampled_from(
            [
                {"leaf": leaf_hash(b"another")},
                {"index": index + 1},
                {"proof": [*honest, bytes(32)]},
                {"proof": [bytes(32), *honest[1:]]} if honest else {"index": -1},
                {"proof": honest[:-1]} if honest else {"proof": [bytes(32)]},
                {"proof": honest[::-1]} if honest[::-1] != honest else {"size": 0},
            ]
        )
    )
    told = claim | lie

    with pytest.raises(ProofError):
        verify_inclusion(
            told["leaf"],
            index=told["index"],
            size=told["size"],
            proof=told["proof"],
            root=reference.root(leaves),
        )


@pytest.mark.slow
@given(trees, st.data())
def test_a_changed_consistency_proof_never_passes(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    honest = make_consistency_proof(old, len(leaves), reader(leaves))
    claim: dict[str, Any] = {
        "proof": honest,
        "old_root": reference.root(leaves[:old]),
        "new_root": reference.root(leaves),
    }
    lie: dict[str, Any] = data.draw(
        st.sampled_from(
            [
                {"old_root": bytes(32)},
                {"new_root": bytes(32)},
                {"proof": [*honest, bytes(32)]},
                {"proof": honest[:-1]} if honest else {"old_root": bytes(32)},
                {"proof": [bytes(32), *honest[1:]]} if honest else {"new_root": bytes(32)},
            ]
        )
    )

    with pytest.raises(ProofError):
        verify_consistency(old_size=old, new_size=len(leaves), **claim | lie)


def test_a_tree_cannot_continue_a_longer_one() -> None:
    with pytest.raises(ProofError, match="cannot continue"):
        verify_consistency(old_size=3, new_size=2, proof=[], old_root=bytes(32), new_root=bytes(32))


def test_every_tree_continues_the_empty_one_without_a_proof() -> None:
    verify_consistency(old_size=0, new_size=5, proof=[], old_root=EMPTY_ROOT, new_root=bytes(32))


def test_nothing_can_be_proven_from_an_empty_consistency_proof() -> None:
    with pytest.raises(ProofError, match="is empty"):
        verify_consistency(old_size=3, new_size=5, proof=[], old_root=bytes(32), new_root=bytes(32))


def test_no_proof_is_made_for_a_leaf_beyond_the_tree() -> None:
    with pytest.raises(IndexError):
        make_inclusion_proof(2, 2, reader([b"a", b"b"]))


def test_no_proof_is_made_from_a_tree_beyond_the_tree() -> None:
    with pytest.raises(IndexError):
        make_consistency_proof(3, 2, reader([b"a", b"b"]))


def test_an_empty_consistency_proof_is_enough_where_nothing_grew() -> None:
    assert make_consistency_proof(0, 2, reader([b"a", b"b"])) == []


def test_a_leaf_cannot_pass_for_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")

    assert leaf_hash(left + right) != node_hash(left, right)


def test_proof_errors_have_a_stable_code() -> None:
    assert ProofError.code == "log-proof-invalid"
