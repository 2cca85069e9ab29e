"""The journey as a sequence of messages between programs; each step names the module that takes it."""

from __future__ import annotations

from dataclasses import dataclass

from devtool.reference import markdown, source
from devtool.reference.drawing import WIDTH, Drawing

_LANES = ("browser", "web", "idp", "worker", "our node", "their node", "register", "sequencer")
_TOP, _STEP, _SIDE = 84, 44, 56


@dataclass(frozen=True)
class Step:
    """Who tells whom what, and the module that takes the step."""

    origin: str
    to: str
    what: str
    where: str


STEPS = (
    Step("browser", "web", "finds the service by its own words", "panjereh/domain/catalogue/search.py"),
    Step("web", "idp", "pushes the request to sign in (PAR)", "panjereh/web/citizen/sign_in/provider.py"),
    Step("browser", "idp", "is sent there", "panjereh_idp/flows/authorize.py"),
    Step(
        "browser",
        "web",
        "is sent on to the account pages",
        "panjereh/web/citizen/sign_in/account_plane.py",
    ),
    Step(
        "browser",
        "web",
        "gives number, birth date, phone",
        "panjereh/domain/people/operations/give_mobile.py",
    ),
    Step(
        "worker",
        "our node",
        "asks civil registry and phones",
        "panjereh/domain/people/operations/check_identity.py",
    ),
    Step(
        "browser",
        "web",
        "gives the code that came by SMS",
        "panjereh/domain/people/operations/confirm_code.py",
    ),
    Step("web", "idp", "accepts; the code is exchanged (DPoP)", "panjereh_idp/flows/token.py"),
    Step(
        "browser",
        "web",
        "starts a case, answers one question",
        "panjereh/domain/casework/operations/save_page.py",
    ),
    Step(
        "worker",
        "our node",
        "asks for one fact, with purpose and law",
        "panjereh/domain/exchange/operations/ask.py",
    ),
    Step("our node", "their node", "mutual TLS, signed, logged", "panjereh_node/flows/asking.py"),
    Step("their node", "register", "contract checked; asked", "panjereh_node/flows/answering.py"),
    Step("their node", "our node", "signed answer", "panjereh_node/protocol/messages.py"),
    Step(
        "our node",
        "worker",
        "answer and receipt; sealed",
        "panjereh/domain/disclosure/operations/fetch_fact.py",
    ),
    Step(
        "browser",
        "web",
        "looks it over and submits: the clock starts",
        "panjereh/domain/casework/operations/submit_case.py",
    ),
    Step(
        "worker",
        "worker",
        "decides by the rules, with reasons",
        "panjereh/domain/casework/operations/decide_case.py",
    ),
    Step(
        "worker",
        "worker",
        "renders in a sandbox, signs the PDF",
        "panjereh/domain/documents/operations/issue_document.py",
    ),
    Step(
        "worker",
        "browser",
        "message in the inbox, hint by SMS",
        "panjereh/domain/messaging/operations/post_message.py",
    ),
    Step(
        "sequencer",
        "sequencer",
        "orders, signs, counts",
        "panjereh/commands/management/commands/sequencer.py",
    ),
    Step(
        "browser",
        "web",
        "anybody checks the document",
        "panjereh/domain/documents/operations/check_document.py",
    ),
    Step("browser", "web", "the person sees who looked, and why", "panjereh/domain/disclosure/queries.py"),
)


def page() -> str:
    """Return the page of the journey; a module that is gone raises `FileNotFoundError`."""
    rows = [
        [str(number), f"{each.origin} → {each.to}", each.what, source.module(each.where).link]
        for number, each in enumerate(STEPS, 1)
    ]
    return markdown.page(
        "The journey",
        "From the first sign-in to a signed certificate. `./dev journey` walks it on the running programs.",
        "![The steps of the journey between the programs.](../pictures/journey.svg)",
        markdown.table(("step", "from → to", "what", "module"), rows),
    )


def picture() -> str:
    """Return the picture."""
    bottom = _TOP + _STEP * len(STEPS) + 10
    drawing = Drawing(
        title="The journey between the programs",
        description=". ".join(
            f"{number}: {each.origin} to {each.to}: {each.what}" for number, each in enumerate(STEPS, 1)
        ),
        height=bottom + 16,
    )
    for lane in _LANES:
        drawing.life(_x(lane), 54, bottom)
        drawing.box(_x(lane) - 48, 20, 96, (lane,), height=34)
    for number, step in enumerate(STEPS, 1):
        _draw(drawing, step, number, _TOP + _STEP * number - 12)
    return drawing.svg()


def _x(lane: str) -> int:
    return _SIDE + _LANES.index(lane) * ((WIDTH - 2 * _SIDE) // (len(_LANES) - 1))


def _draw(drawing: Drawing, step: Step, number: int, y: int) -> None:
    start, end = _x(step.origin), _x(step.to)
    if start == end:
        drawing.way(f"M{start} {y - 12} h22 v12 h-20")
    else:
        drawing.way(f"M{start} {y} H{end + (-2 if end > start else 2)}")
    left = min(start, end)
    is_late = left > WIDTH * 2 // 3  # its words would run over the edge
    x, anchor = (max(start, end) - 6, "end") if is_late else (left + 6, "start")
    drawing.words(
        x, y - 8 if start != end else y - 16, f"{number}. {step.what}", style="label", anchor=anchor
    )
