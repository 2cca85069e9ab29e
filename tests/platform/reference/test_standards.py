"""Every line about a standard is honest: what is met names evidence that is there, the rest says why."""

from itertools import groupby
from pathlib import Path

import pytest
from django.test import Client

from devtool import paths
from panjereh.web.public.about.standards import Conformance, read_standards
from tests.platform.reference.test_security_papers import is_there

LINES = read_standards(paths.ROOT / "data")
SHOWN = {Conformance.MET, Conformance.PARTLY}


def test_what_is_met_names_evidence_that_is_there_and_nothing_else_does():
    assert [each.standard for each in LINES if (each.state in SHOWN) != bool(each.evidence)] == []
    assert [path for each in LINES for path in each.evidence if not is_there(path)] == []


def test_what_is_not_wholly_met_says_why_in_both_languages():
    assert [
        each.standard for each in LINES if each.state is not Conformance.MET and not all(each.note.values())
    ] == []


def test_no_function_beside_a_standard_and_no_area_stands_twice():
    keys = [(each.function["en"], each.standard, each.part) for each in LINES]

    assert len(keys) == len(set(keys))
    areas = [area for area, _ in groupby(LINES, key=lambda each: each.area)]
    assert len(areas) == len(set(areas))


def test_a_state_that_is_none_is_refused(tmp_path: Path):
    folder = tmp_path / "standards"
    folder.mkdir()
    text = (paths.ROOT / "data/standards/standards.csv").read_text(encoding="utf-8")
    (folder / "standards.csv").write_text(text.replace(",partly,", ",nearly,", 1), encoding="utf-8")

    with pytest.raises(ValueError, match="nearly"):
        read_standards(tmp_path)


def test_everybody_reads_every_line_with_its_state(client: Client, db: None):
    page = client.get("/about/standards/").content.decode()

    assert [each.standard for each in LINES if each.standard not in page] == []
    assert page.count('<span class="tag bad">') == sum(each.state is Conformance.NOT for each in LINES)
