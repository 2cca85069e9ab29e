"""Rendering: what comes out, and what a hostile template gets."""

import re
import signal
import subprocess
import threading
from collections.abc import Iterator

import pytest

from panjereh.domain.documents import api as documents
from panjereh.domain.documents.rendering.renderer import RenderServerDied
from tests.platform.documents.kernel import need
from tests.platform.documents.press import AT, FONTS

pytestmark = [pytest.mark.django_db(databases=[]), pytest.mark.slow]
HEAD = '#set document(title: "آزمون")\n#set text(lang: "fa", font: "Vazirmatn")\n'
SMALL = documents.Limits(seconds=1.0, cpu_seconds=5, memory_bytes=400 << 20, output_bytes=1 << 20)


@pytest.fixture(scope="module")
def small() -> Iterator[documents.Renderer]:
    renderer = documents.Renderer(fonts=FONTS, limits=SMALL)
    yield renderer
    renderer.close()


def test_a_template_becomes_an_archivable_accessible_file(small):
    pdf = small.render({"main.typ": HEAD + "سلام *دنیا*"}, created_at=AT)

    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert len(re.findall(rb"/FontName/\w+\+Vazirmatn-\w+", pdf)) == 2


def test_the_same_input_gives_the_same_bytes(small):
    files = {"main.typ": HEAD + "سلام"}

    assert small.render(files, created_at=AT) == small.render(files, created_at=AT)


@pytest.mark.parametrize(
    "template",
    [
        pytest.param('#read("/etc/passwd")', id="a-file-of-the-machine"),
        pytest.param('#read("/proc/self/environ")', id="its-own-process"),
        pytest.param('#read("../../etc/passwd")', id="a-way-up"),
        pytest.param('#image("http://127.0.0.1/x.png")', id="the-network"),
        pytest.param('#import "@preview/cetz:0.3.0": *', id="a-package"),
        pytest.param('#import "other.typ": *', id="another-template"),
        pytest.param('#panic("no")', id="giving-up"),
        pytest.param("#while true { }", id="a-loop-that-goes-nowhere"),
        pytest.param("#let f() = f()\n#f()", id="endless-recursion"),
        pytest.param("no title", id="no-title"),
    ],
)
@pytest.mark.parametrize("wall", ["namespaces", "filter"])
def test_a_template_that_reaches_out_is_refused(small, renderers, wall, template):
    need(wall)
    with pytest.raises(documents.TemplateFailed) as refused:
        renderers[wall].render({"main.typ": template}, created_at=AT)

    assert refused.value.code == "document-template-failed"
    assert refused.value.reason
    assert refused.value.facts() == {}


@pytest.fixture(scope="module")
def renderers() -> Iterator[dict[str, documents.Renderer]]:
    both = {
        name: documents.Renderer(fonts=FONTS, limits=SMALL, walls=[name]) for name in ("namespaces", "filter")
    }
    yield both
    for renderer in both.values():
        renderer.close()


def test_a_template_that_never_ends_is_stopped(small):
    endless = "#for a in range(9000) { for b in range(9000) { for c in range(9000) { let d = a + b } } }"

    with pytest.raises(documents.TemplateTooSlow):
        small.render({"main.typ": HEAD + endless}, created_at=AT)

    assert documents.TemplateTooSlow.code == "document-template-too-slow"


def test_a_template_that_burns_the_processor_is_stopped():
    limits = documents.Limits(seconds=20.0, cpu_seconds=1)
    renderer = documents.Renderer(fonts=FONTS, limits=limits)
    endless = "#for a in range(9000) { for b in range(9000) { for c in range(9000) { let d = a + b } } }"

    with pytest.raises(documents.TemplateTooSlow):
        renderer.render({"main.typ": HEAD + endless}, created_at=AT)
    renderer.close()


@pytest.mark.parametrize("walls", [["namespaces"], ["filter"], ["namespaces", "filter"]])
def test_a_template_that_eats_memory_is_stopped(walls):
    need(*walls)
    limits = documents.Limits(seconds=20.0, memory_bytes=400 << 20)
    renderer = documents.Renderer(fonts=FONTS, limits=limits, walls=walls)
    greedy = '#{ let a = "x" * 1000; for _ in range(30) { a = a + a }; a.len() }'

    with pytest.raises(documents.TemplateTooLarge) as refused:
        renderer.render({"main.typ": HEAD + greedy}, created_at=AT)

    assert refused.value.code == "document-template-too-large"
    renderer.close()


def test_a_template_that_writes_too_much_is_stopped():
    renderer = documents.Renderer(fonts=FONTS, limits=documents.Limits(output_bytes=5000))

    with pytest.raises(documents.TemplateTooLarge):
        renderer.render({"main.typ": HEAD + "سلام"}, created_at=AT)
    renderer.close()


def test_after_a_hostile_template_the_next_one_is_served(small):
    with pytest.raises(documents.TemplateFailed):
        small.render({"main.typ": '#panic("no")'}, created_at=AT)

    assert small.render({"main.typ": HEAD + "سلام"}, created_at=AT).startswith(b"%PDF-")


def test_without_walls_nothing_is_rendered():
    renderer = documents.Renderer(fonts=FONTS, walls=[])

    with pytest.raises(documents.SandboxMissing) as refused:
        renderer.render({"main.typ": HEAD + "سلام"}, created_at=AT)

    assert refused.value.code == "document-sandbox-missing"
    assert refused.value.status == 503
    renderer.close()


def test_a_killed_server_is_told_and_replaced():
    renderer = documents.Renderer(fonts=FONTS)
    renderer.render({"main.typ": HEAD + "سلام"}, created_at=AT)
    renderer._process.send_signal(signal.SIGKILL)
    renderer._process.wait()

    with pytest.raises(RenderServerDied):
        renderer.render({"main.typ": HEAD + "سلام"}, created_at=AT)

    assert renderer.render({"main.typ": HEAD + "سلام"}, created_at=AT).startswith(b"%PDF-")
    renderer.close()


def test_a_server_that_hangs_is_told_and_replaced():
    renderer = documents.Renderer(fonts=FONTS, limits=SMALL, silent_seconds=0.0)
    renderer.render({"main.typ": HEAD + "سلام"}, created_at=AT)
    renderer._process.send_signal(signal.SIGSTOP)

    with pytest.raises(RenderServerDied):
        renderer.render({"main.typ": HEAD + "سلام"}, created_at=AT)

    assert renderer.render({"main.typ": HEAD + "سلام"}, created_at=AT).startswith(b"%PDF-")
    renderer.close()


def test_closing_twice_and_before_the_first_document_is_harmless():
    renderer = documents.Renderer(fonts=FONTS)

    renderer.close()
    renderer.close()


def test_threads_share_one_server(small):
    results: list[bytes] = []
    threads = [
        threading.Thread(
            target=lambda: results.append(small.render({"main.typ": HEAD + "سلام"}, created_at=AT))
        )
        for _ in range(3)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(results)) == 1
    assert len(results) == 3


def test_the_server_hands_nothing_of_the_platform_to_templates(small):
    environment = subprocess.run(
        ["cat", f"/proc/{small._running().pid}/environ"], capture_output=True, check=True
    ).stdout

    assert environment == b"RAYON_NUM_THREADS=1\0"
