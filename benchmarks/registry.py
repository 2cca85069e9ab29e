"""The list of benchmarks, in the order of the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One line of the list of targets. Its module has `measure(stage) -> list[Figure]`.

    `id` stands in every figure, `name` is what people type. `how` says how it is measured; `notes` what is
    left out of it, and why. Both are printed with the figures.
    """

    id: str
    name: str
    title: str
    module: str
    how: str
    notes: tuple[str, ...] = ()


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(
        id="B-PAGE",
        name="pages",
        title="the window with a million cases, and the laboratory of indices",
        module="benchmarks.pages",
        how=(
            "Each page goes through the real WSGI application with its middleware, a pool of connections and "
            "prepared statements, one request after the other, in a process of its own: ours with 1,000,000 "
            "cases, the same page written the plain Django way (`benchmarks/plain`: ORM, Django templates, "
            "the same middleware, tables and sealing) on the same database, and ours with 10,000. Rounds "
            "alternate; the median round counts. Processor time is that of the process and of its "
            "PostgreSQL backends. Both pages are checked to show the same words, and the cases of the person "
            "who asks; pages of the laboratory also the same numbers, each as often. No case is on those: "
            "they are not asked of the 10,000."
        ),
        notes=(
            (
                "In the laboratory the plain pages read states and scores by the ORM at every request, "
                "from a table with a row for each state and edition, and know nothing beforehand but what "
                "an edition measures otherwise, which of its figures need an explanation, and the fits of "
                "raw indicators. The rules (verdicts, steps of a figure, what-ifs), the reading of a "
                "question and the geometry of charts are the platform's on both sides. No estimate from "
                "raw indicators is asked for."
            ),
            "Who asks is signed in, so no page is compressed.",
            "The front page of the laboratory and assessments of portals have no plain page yet.",
            "The plain pages stand in `benchmarks/plain`: a page of ours that changes takes its twin along.",
            "The officer's queue is not measured: there is no desk yet.",
            "The requests come from the same process, so no HTTP server is part of the time.",
        ),
    ),
    Benchmark(
        id="B-WEIGHT",
        name="weight",
        title="the first visit of a public page",
        module="benchmarks.weight",
        how=(
            "A browser that has never been here, without scripts, follows every link from the first page, in "
            "both languages, on the real server. Counted are the bytes of the page and of every file it "
            "loads, as they go over the wire with their headers, but the font. That no file comes from "
            "elsewhere, and that every page has its heading and working forms without a script, is asserted."
        ),
    ),
    Benchmark(
        id="B-JOURNEY",
        name="journey",
        title="whole automatic cases",
        module="benchmarks.journey",
        how=(
            "300 cases of 300 practice people, 24 at a time, on programs of their own: three exchange nodes, "
            "registry, practice country, worker, sequencer, PostgreSQL. The person's steps (draft, answer, "
            "gather, submit) go through the doors that the pages call; sign-ins are prepared. The clock ends "
            "when the last case is issued. Every case is checked: issued, one document, one message, three "
            "receipts. Processor time is what the system counted for each program and its children."
        ),
        notes=("Pages and sign-in are measured by themselves.",),
    ),
    Benchmark(
        id="B-DOCS",
        name="documents",
        title="a signed certificate",
        module="benchmarks.documents",
        how=(
            "150 address certificates made as the job makes them, the rendering child process included; each "
            "is verified as the public check does. Medians; the render is taken over groups of ten."
        ),
    ),
    Benchmark(
        id="B-AUDIT",
        name="audit",
        title="what a change costs to be recorded",
        module="benchmarks.audit",
        how=(
            "Sixteen processes of the platform, each with its connection, lock a row, change it and keep "
            "the act, each time in a durable transaction: in rounds with a leaf through the door of the "
            "record, and without. Rounds alternate; the median of five each counts. The server waits 5 ms "
            "before each flush to the disk (`commit_delay`, with `commit_siblings` 0), and flushes "
            "together what waits meanwhile; that a commit took 5 ms is asserted. Afterwards the sequencer "
            "places every leaf, `audit verify` holds database, log and checkpoint against each other, and "
            "the leaves are counted."
        ),
        notes=(
            "Writers and server share the cores: with two of them it is the processor that ends it.",
            "The sequencer does not run meanwhile.",
        ),
    ),
    Benchmark(
        id="B-INDEX",
        name="index",
        title="a what-if over all states",
        module="benchmarks.indices",
        how=(
            "The edition of 2024 from `data/indices`, 193 states. For every state in turn: three parts "
            "changed; the same with other weights, which move all states; what 30 places cost, by one part "
            "and by the cheapest mix. Processor time of one answer, the mean over the states. Beside it the "
            "plain way: the index of every state composed anew and every state compared with every other. "
            "Both must give the same rank for every state."
        ),
        notes=("The table is in memory, as it is in the platform.",),
    ),
    Benchmark(
        id="B-UP",
        name="up",
        title="from the command to the first page",
        module="benchmarks.start",
        how=(
            "`./dev up` in a fresh copy of this checkout with its packages already there: first without a "
            "database, then a second time. The clock runs from the command until the home page answers and "
            "shows the way to a service; that the rest comes up is asserted."
        ),
    ),
)


def named(names: list[str]) -> list[Benchmark]:
    """Return the benchmarks of these names, all of them for none. Raises `LookupError` for an unknown one."""
    known = {each.name: each for each in BENCHMARKS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise LookupError(
            f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(known)}."
        )
    return [known[name] for name in dict.fromkeys(names)] if names else list(BENCHMARKS)
