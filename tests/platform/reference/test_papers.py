"""The papers people read first: what they quote is what stands in the code."""

import ast
import re
import subprocess

import yaml

from devtool import paths, ports
from devtool.checks import papers
from devtool.reference import metrics, pack_faults, pages, settings


def read(name: str) -> str:
    return (paths.ROOT / name).read_text(encoding="utf-8")


def test_the_operation_shown_to_contributors_is_the_real_one() -> None:
    shown = re.search(r"```python\n(.*?)```", read("CONTRIBUTING.md"), re.DOTALL)[1]
    source = read("src/panjereh/domain/casework/operations/submit_case.py")
    real = next(node for node in ast.parse(source).body if getattr(node, "name", "") == "submit_case")

    lines = source.splitlines()[real.decorator_list[0].lineno - 1 : real.end_lineno]
    assert shown.splitlines() == lines


def test_every_verb_of_dev_that_a_paper_names_exists() -> None:
    helped = subprocess.run([paths.ROOT / "dev", "--help"], capture_output=True, text=True, check=True).stdout
    verbs = {verb for name in PAPERS for verb in re.findall(r"\./dev ([a-z]+)", read(name))}

    assert verbs - set(re.findall(r"^ {4}([a-z]+)", helped, re.MULTILINE)) == set()


PAPERS = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/index.md",
    *(f"docs/tutorials/{name}.md" for name in ("citizen", "service-author", "agency", "bank", "operator")),
)


def test_every_address_in_a_tutorial_is_one_of_a_practice_installation() -> None:
    practice = {str(ports.FIRST + place) for place, _ in enumerate(ports.NAMES)}
    # monitoring.md is for production, whose operator chooses the ports.
    tutorials = [each for each in (paths.ROOT / "docs/tutorials").glob("*.md") if each.stem != "monitoring"]
    named = {
        port for each in tutorials for port in re.findall(r"127\.0\.0\.1:(\d+)", each.read_text("utf-8"))
    }

    assert named - practice == set()


def test_every_setting_that_a_paper_names_exists() -> None:
    known = {each.name for each in settings.all_settings()}
    named = {name for paper in PAPERS for name in re.findall(r"\bPANJEREH_[A-Z_]+\b", read(paper))}

    assert named - known == set()


def test_every_alert_asks_for_metrics_and_labels_that_exist() -> None:
    rules = yaml.safe_load(
        re.findall(r"```yaml\n(groups:.*?)```", read("docs/tutorials/monitoring.md"), re.DOTALL)[0]
    )
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    known = {name: each.labels for each in metrics.all_metrics() for name in each.names}
    from_prometheus = {"program", "le"}

    found = [
        pair for expression in asked for pair in re.findall(r"\b(panjereh_\w+)(?:\{(\w+)=)?", expression)
    ]
    assert {name for name, _ in found} - set(known) == set()
    assert [pair for pair in found if pair[1] not in {"", *from_prometheus, *known[pair[0]]}] == []


def test_every_command_of_the_platform_that_a_paper_names_exists() -> None:
    from django.core.management import get_commands

    known = {name.replace("_", "-") for name in get_commands()}
    named = {name for paper in PAPERS for name in re.findall(r"`?panjereh ([a-z-]+)", read(paper))}

    assert named - known - {"migrate"} == set()


def test_every_link_of_a_paper_leads_somewhere() -> None:
    assert [fault for fault in papers.faults() if fault.startswith((*PAPERS, "docs/"))] == []


def test_every_page_of_the_reference_is_on_the_map() -> None:
    told = read("docs/index.md")
    pages_of_reference = [name for name in pages.made() if name.startswith("docs/reference/")]

    assert [name for name in pages_of_reference if f"]({name.removeprefix('docs/')})" not in told] == []


def test_a_fault_of_the_linter_is_listed_with_its_words() -> None:
    assert "no agency is called {agency}" in pack_faults.faults()["P090"][0]


def test_publiccode_says_what_the_standard_wants() -> None:
    told = yaml.safe_load(read("publiccode.yml"))

    assert told["publiccodeYmlVersion"] == "0.4"
    assert {"name", "url", "platforms", "categories", "developmentStatus", "softwareType"} <= told.keys()
    assert told["legal"]["license"] == "EUPL-1.2"
    assert told["maintenance"]["contacts"]
    assert told["localisation"]["availableLanguages"] == ["fa", "en"]
    for language in ("en", "fa"):
        about = told["description"][language]
        assert len(about["shortDescription"]) <= 150
        assert 150 <= len(about["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in about["features"])
