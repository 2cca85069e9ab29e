"""The worst moments: each kills or freezes a program where most could be lost or done twice."""

import contextlib
import os
import signal
import time

from panjereh.plumbing.upkeep import DEAD_AFTER_SECONDS
from tests.journeys.browser import Browser, Page
from tests.journeys.failures import people
from tests.journeys.failures.people import Patient, must_be_a_notice
from tests.journeys.failures.programs import pause, stopped
from tests.journeys.failures.stage import Stage, gathering, just_asking, meanwhile, ready
from tests.journeys.signing_in import codes_of, give_code, new_code

CIVIL = "/nocr/civil/person"
SECONDS_WITHOUT = 3.0
LONGEST_SILENCE = 25.0
SERVER_ERROR, UNAVAILABLE = 500, 503
RENDERER, WORKER = "rendering.server", "panjereh\0worker"
# Whoever is quicker takes the next one.
MOST_DOCUMENTS = 12
NODES = ("node-platform", "node-interior", "node-places")


def worker_killed(stage: Stage) -> None:
    """One kill, four jobs in hand, each at its own worst moment."""
    programs, database = stage.programs, stage.database
    with stage.walk.step("four people sign in"):
        storing, making, keeping, asking = (stage.person() for _ in range(4))
        (stored, stored_review), (made, made_review) = ready(storing), ready(making)
        renderers = renderers_of(stage)
    with contextlib.ExitStack() as held:
        with stage.walk.step("one certificate is signed and not yet stored, the next being rendered"):
            with stopped(*renderers):
                storing.send(stored_review, "/submit/")
                row = held.enter_context(database.held("documents_document", id=stage.document(stored)))
            row.wanted_by()
            held.enter_context(stopped(*renderers))
            making.send(made_review, "/submit/")
            database.job("documents.issue", document_id=stage.document(made))
        with stage.walk.step("one register has answered and it is not yet kept, one is being asked"):
            stage.order("nocr", "slow", seconds=2)
            kept = just_asking(keeping)
            held.enter_context(database.held("disclosure_fact", id=stage.fact(kept))).wanted_by()
            stage.order("nocr", "slow", seconds=5)
            asked = just_asking(asking)
            database.job("disclosure.fetch", fact_id=stage.fact(asked))
            pause(0.3)
        programs.kill("worker")
    with stage.walk.step("the worker is killed with all four in hand; all four get their certificates"):
        for browser, case in ((storing, stored), (making, made), (keeping, kept), (asking, asked)):
            stage.finish(browser, case)


def renderers_of(stage: Stage) -> list[int]:
    """Return what renders documents: each process of the worker starts its own with its first document."""
    processes = max(1, len(stage.programs.children("worker", with_word=WORKER)))
    for _ in range(MOST_DOCUMENTS):
        running = stage.programs.children("worker", with_word=RENDERER)
        if len(running) >= processes:
            return running
        browser = stage.person()
        stage.finish(browser, gathering(browser))
    raise AssertionError("one process of the worker makes no document")


def worker_killed_after_its_commit(stage: Stage) -> None:
    """The case is decided, the job not yet ticked off: it is done again, and decides nothing again."""
    programs, database = stage.programs, stage.database
    with stage.walk.step("the worker is frozen, and killed between deciding a case and ticking the job off"):
        browser = stage.person()
        case, review = ready(browser)
        with contextlib.ExitStack() as frozen:
            frozen.enter_context(programs.frozen("worker"))
            browser.send(review, "/submit/")
            with database.held("casework_case", id=case) as row:
                frozen.close()
                row.wanted_by()
                with database.held(
                    "procrastinate_jobs", id=database.job("casework.decide", case_id=case)
                ) as job:
                    row.let_go()
                    job.wanted_by()
                    programs.kill("worker")
        stage.finish(browser, case)


def worker_frozen(stage: Stage) -> None:
    with stage.walk.step(
        "a worker is frozen while it asks; another takes over; it thaws and changes nothing"
    ):
        browser = stage.person()
        stage.order("nocr", "slow", seconds=1)
        case = just_asking(browser)
        stage.database.job("disclosure.fetch", fact_id=stage.fact(case))
        pause(0.3)
        process = stage.programs.pid("worker")
        with stage.programs.frozen("worker"):
            # By now it counts as dead, also for the one that starts.
            pause(DEAD_AFTER_SECONDS + 1)
            with stage.programs.another_worker(stage.land):
                stage.finish(browser, case)
    with stage.walk.step("the thawed worker goes on with its work"):
        stage.finish(browser, gathering(browser))
        assert stage.programs.pid("worker") == process, "it did not outlive its frost"


def own_node_killed(stage: Stage) -> None:
    with stage.walk.step("the platform's node is killed between logging a question and forwarding it"):
        browser = stage.person()
        with stage.programs.frozen("node-interior"):
            case = just_asking(browser)
            stage.database.job("disclosure.fetch", fact_id=stage.fact(case))
            pause(0.5)
            stage.programs.kill("node-platform")
        stage.finish(browser, case)


def providers_node_killed(stage: Stage) -> None:
    with stage.walk.step("a provider's node is killed after the register answered; it is not asked again"):
        browser = stage.person()
        asked_before = stage.calls(CIVIL)
        stage.order("nocr", "slow", seconds=1.5)
        case = just_asking(browser)
        stage.database.job("disclosure.fetch", fact_id=stage.fact(case))
        pause(0.7)
        with stage.programs.frozen("node-platform"):
            pause(1.5)
            stage.programs.kill("node-interior")
        stage.finish(browser, case)
        asked = stage.calls(CIVIL) - asked_before
        assert asked == 1, f"the register was asked {asked} times"


def agency_failing(stage: Stage) -> None:
    with stage.walk.step("an agency's answer is lost on its way; another is killed while it answers"):
        browser = stage.person()
        stage.order("mrud", "lost")
        stage.order("nocr", "slow", seconds=3)
        case = just_asking(browser)
        stage.database.job("disclosure.fetch", fact_id=stage.fact(case))
        pause(0.5)
        stage.programs.kill("land")
        stage.programs.wait_until_ready("land")
        stage.order("mrud", "lost")
        stage.finish(browser, case)


def centre_away(stage: Stage) -> None:
    with stage.walk.step("the registry is away, every node is killed and starts without it"):
        browser = stage.person()
        with stage.programs.frozen("registry"):
            stage.programs.kill(*NODES)
            case = gathering(browser)
            stage.finish(browser, case)
        stage.programs.kill("registry")


def identity_provider_away(stage: Stage) -> None:
    programs, person = stage.programs, stage.newcomers.pop()
    browser = Patient(stage.land.origin)
    stage.books.people.append(browser)
    with stage.walk.step("the identity provider is frozen at sign-in: the person is told, and may try again"):
        with programs.frozen("idp"):
            could_not = Browser.get(browser, "/sign-in", status=503)
            must_be_a_notice(could_not)
        browser.send(could_not, "/sign-in").must_say("کد ملی")
    with stage.walk.step("it is killed when the code is given, and frozen at the return from it"):
        seen = len(codes_of(browser, person))
        page = people.identified(browser, person)
        programs.kill("idp")
        give_code(browser, page, person, seen=seen)
        browser.get("/cases/")
        returned_to_nobody(stage, person)
    with stage.walk.step("they apply, and get their certificate"):
        stage.finish(browser, gathering(browser))


def returned_to_nobody(stage: Stage, person: dict[str, str]) -> None:
    """Sign in on another device up to the return address, and freeze the identity provider there."""
    device, address = at_the_return(stage, person)
    with stage.programs.frozen("idp"):
        must_be_a_notice(Browser.get(device, address, status=503))
    device.http.follow_redirects = True
    device.get("/cases/").must_say("پرونده‌های من")


def at_the_return(stage: Stage, person: dict[str, str]) -> tuple[Patient, str]:
    """Sign in on another device; return it and the address at which it would come back with its code."""
    device = Patient(stage.land.origin)
    seen = len(codes_of(device, person))
    page = device.send(device.get("/sign-in"), national_number=person["national_number"])
    device.http.follow_redirects = False
    page = device.send(page, "/code/", code=new_code(device, person, seen=seen), status=302)
    address = page.headers["location"]
    while "/callback" not in address:
        address = device.get(address, status=None).headers["location"]
    return device, address


def web_killed(stage: Stage) -> None:
    """The submission is committed, its answer never sent: sending it again adds nothing."""
    with stage.walk.step("web is killed between the commit of a submission and its redirect"):
        browser = stage.person()
        case, review = ready(browser)
        with stage.database.held("casework_case", id=case) as row:
            sending = meanwhile(lambda: browser.try_once(review, "/submit/"))
            session = row.wanted_by()
            with stage.database.untold():
                row.let_go()
                stage.database.wait_until_untold(session)
                stage.programs.kill("web")
        sending.join()
        assert browser.cut_off, "the answer arrived: web was killed too late"
        browser.send(review, "/submit/")
        assert stage.is_submitted(case)
        stage.finish(browser, case)


def one_web_process_killed(stage: Stage) -> None:
    with stage.walk.step("one of the two processes of web is killed: the other goes on without a pause"):
        browser = stage.person()
        case = gathering(browser)
        os.kill(stage.programs.children("web", with_word="serve")[-1], signal.SIGKILL)
        until = time.monotonic() + SECONDS_WITHOUT
        while time.monotonic() < until:
            browser.get("/cases/")
        assert browser.cut_off <= 1, f"{browser.cut_off} connections were cut"
        stage.finish(browser, case)


def database_killed(stage: Stage) -> None:
    with stage.walk.step("the database is killed in the middle of a submission: a notice, then all goes on"):
        browser = stage.person()
        case, review = ready(browser)
        said: list[Page | None] = []
        with stage.database.held("casework_case", id=case) as row:
            sending = meanwhile(lambda: said.append(browser.try_once(review, "/submit/")))
            row.wanted_by()
            stage.programs.kill_database()
            sending.join(timeout=20)
        assert said, "the person got no answer for 20 s"
        if said[0] is not None and said[0].status != 200:
            must_be_a_notice(said[0])
        browser.send(review, "/submit/")
        stage.finish(browser, case)


def sequencer_killed(stage: Stage) -> None:
    with stage.walk.step("the sequencer is killed between numbering the record and writing the log"):
        browser = stage.person()
        with stage.database.closed("audit_sequenced") as table:
            case = gathering(browser)
            session = table.wanted_by()
            with stage.database.untold():
                table.let_go()
                stage.database.wait_until_untold(session)
                stage.programs.kill("sequencer")
        stage.finish(browser, case)


def database_frozen(stage: Stage) -> None:
    """The line stays open and nobody answers: what only a clock on our side can end."""
    with stage.walk.step("the database is frozen while a form is sent: a notice in time, then all goes on"):
        browser = stage.person()
        question = people.begin(browser)
        begun = time.monotonic()
        with stage.programs.frozen_database():
            said = browser.try_once(question, "", source="register")
        took = time.monotonic() - begun
        assert said is not None, "the connection was cut without a word"
        must_be_a_notice(said)
        assert said.status == UNAVAILABLE, f"answered {said.status}"
        assert took < LONGEST_SILENCE, f"the notice came after {took:.0f} s"
        case = people.case_of(people.answer(browser, question))
        stage.finish(browser, case)


def web_frozen(stage: Stage) -> None:
    with stage.walk.step("web is frozen while somebody submits: the page comes when it thaws, and once"):
        browser = stage.person()
        case, review = ready(browser)
        with stage.programs.frozen("web"):
            sending = meanwhile(lambda: browser.send(review, "/submit/"))
            pause(SECONDS_WITHOUT)
        sending.join()
        browser.send(review, "/submit/")
        stage.finish(browser, case)


def country_frozen(stage: Stage) -> None:
    with stage.walk.step("every register is frozen while one is asked: the page waits, the answer comes"):
        browser = stage.person()
        with stage.programs.frozen("land"):
            case = gathering(browser)
            browser.get(f"/cases/{case}/").must_say("در حال استعلام")
        stage.finish(browser, case)


def sequencer_frozen(stage: Stage) -> None:
    with stage.walk.step("the sequencer is frozen: certificates are issued, and the record catches up"):
        browser = stage.person()
        with stage.programs.frozen("sequencer"):
            stage.finish(browser, gathering(browser))


def identity_provider_killed_before_the_token(stage: Stage) -> None:
    with stage.walk.step("the identity provider is killed between code and token: told, then signed in"):
        person = stage.newcomers.pop()
        stage.books.people.append(people.signed_in(stage.land.origin, person))
        device, address = at_the_return(stage, person)
        stage.programs.kill("idp")
        answered = Browser.get(device, address, status=None)
        if answered.status >= SERVER_ERROR:
            must_be_a_notice(answered)
        stage.programs.wait_until_ready("idp")
        # The provider knows this browser by now: whoever was told to try again need not type anything.
        device.http.follow_redirects = True
        device.get("/cases/").must_say("پرونده‌های من")


MOMENTS = (
    worker_killed,
    worker_killed_after_its_commit,
    worker_frozen,
    own_node_killed,
    providers_node_killed,
    agency_failing,
    centre_away,
    identity_provider_away,
    web_killed,
    one_web_process_killed,
    database_killed,
    sequencer_killed,
    database_frozen,
    web_frozen,
    country_frozen,
    sequencer_frozen,
    identity_provider_killed_before_the_token,
)
