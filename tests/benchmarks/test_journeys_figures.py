"""What is made of a run: the promise, and what each program spent on a case."""

from benchmarks import documents, journey, start
from benchmarks.figure import Verdict


def test_a_run_of_nine_cases_a_second_keeps_the_promise_and_misses_the_aim() -> None:
    run = journey.Run(cases=90, seconds=10.0, spent={"worker": 9.0, "PostgreSQL": 4.5})

    rate, whole, *parts = journey.figures(run)

    assert (rate.value, rate.verdict) == (9.0, Verdict.MET)
    assert whole.value == 150.0
    assert [(part.work, part.value) for part in parts] == [
        ("of it worker", 100.0),
        ("of it PostgreSQL", 50.0),
    ]


def test_a_document_costs_the_sum_of_its_parts() -> None:
    whole, *parts = documents.figures({"files": 5.0, "render": 30.0, "sign": 20.0})

    assert (whole.value, whole.verdict) == (55.0, Verdict.MET)
    assert sum(part.value for part in parts) == whole.value


def test_each_start_stands_beside_its_target() -> None:
    first, second = start.figures({start.FIRST: 21.0, start.SECOND: 7.0})

    assert (first.verdict, second.verdict) == (Verdict.MISSED, Verdict.AIM)
