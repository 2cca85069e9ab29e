"""Every call that leaves a program, and the test that shows what becomes of it when it fails.

Four ways: it *failed*; it *failed but happened*, so that nobody heard of what was done; it is *slow*; it
comes *twice*. `docs/reference/failures.md` is made from this list. A place that the source scan finds and
no call names fails a test, so does a test that is named here and not there.
"""

from tests.failures.call import PURE, READING, Call, Never
from tests.failures.of_programs import OF_PROGRAMS

MOMENTS, HABITS = "journeys/failures/moments.py", "journeys/failures/habits.py"
SIGN_IN = "platform/sign_in/test_provider_failing.py"
PORTAL = "platform/sign_in/test_portal.py"
IDP, IDP_COMMITS = "idp/test_sign_in.py", "idp/test_lost_commits.py"
IDP_PROGRAM = "idp/test_program.py"
ASK, PROVING = "platform/exchange/test_ask.py", "platform/exchange/test_proving.py"
OUTBOUND, REPETITION = "node/test_outbound.py", "node/test_repetition.py"
NODES, NODE_DISK = "node/test_journey.py", "node/test_disk.py"
REGISTRY = "registry/test_registry.py"
RENDERING, ISSUING = "platform/documents/test_rendering.py", "platform/documents/test_issuing.py"
STAMPS = "platform/documents/test_time_stamps.py"
BLOBS = "platform/blobs/test_blobs.py"
APART = "platform/documents/test_apart.py"
SMS, OUTBOX = "platform/messaging/test_sms.py", "platform/plumbing/test_outbox.py"
DATABASES, COMMITS = "platform/config/test_databases.py", "platform/casework/test_lost_commits.py"
SEQUENCER, TLOG = "platform/audit/test_sequencer_failures.py", "tlog/test_failure_matrix.py"
BESIDE = "platform/plumbing/test_side_by_side.py"
RECORDING = "platform/audit/test_recording.py"
TOKEN = "platform/plumbing/test_token_keys.py"
LOOKING = "platform/evaluation/test_looking.py"

_LEFT = f"{SIGN_IN}::test_whoever_cannot_leave_is_told_and_leaves_with_the_next_try"
_TOLD = f"{SIGN_IN}::test_a_provider_that_cannot_be_told_is_named_as_away"
_AGAIN = f"{SIGN_IN}::test_an_answer_given_again_is_taken_once"
_ONCE = f"{SIGN_IN}::test_the_provider_told_twice_over_answers_as_if_once"
_ENDED = f"{SIGN_IN}::test_sessions_are_ended_however_often_it_is_said"
_EVIDENCE = f"{PROVING}::test_evidence_that_does_not_come_is_not_called_false_and_comes_with_the_next_look"
_FILE = f"{SEQUENCER}::test_a_file_that_could_not_be_written_ends_the_process_and_loses_nothing"
_PLANE = "panjereh/web/citizen/sign_in/account_plane.py"

CALLS: tuple[Call, ...] = (
    Call(
        origin="browser",
        to="web",
        what="a form is sent",
        failed=(f"{MOMENTS}::database_killed", f"{MOMENTS}::one_web_process_killed"),
        happened=(f"{MOMENTS}::web_killed",),
        slow=(f"{MOMENTS}::web_frozen", f"{MOMENTS}::database_frozen"),
        twice=(f"{HABITS}::double_click", f"{HABITS}::two_tabs", f"{HABITS}::session_ended"),
    ),
    Call(
        origin="browser",
        to="identity provider",
        what="it is sent there with what was pushed",
        failed=(f"{MOMENTS}::identity_provider_away",),
        happened=(
            f"{IDP_COMMITS}::test_a_step_that_was_done_and_not_heard_of_is_told_and_the_next_sign_in_succeeds",
        ),
        slow=(f"{IDP}::test_a_pushed_request_expires_after_a_minute",),
        twice=(f"{IDP}::test_a_pushed_request_gives_one_code", f"{IDP}::test_two_tabs_may_sign_in_at_once"),
    ),
    Call(
        origin="browser",
        to="web",
        what="it comes back with a code",
        failed=(f"{PORTAL}::test_a_return_without_a_start_signs_nobody_in",),
        happened=(f"{SIGN_IN}::test_a_return_that_is_made_again_ends_signed_in",),
        slow=(f"{IDP}::test_a_code_lives_sixty_seconds",),
        twice=(f"{SIGN_IN}::test_a_return_that_is_made_again_ends_signed_in",),
    ),
    Call(
        origin="web",
        to="identity provider",
        what="reads its endpoints and keys, and pushes the request to sign in",
        places=(
            "panjereh/web/citizen/sign_in/provider.py::get",
            "panjereh/web/citizen/sign_in/departure.py::leave",
        ),
        failed=(_LEFT,),
        happened=(_LEFT,),
        slow=(_LEFT,),
        twice=(f"{SIGN_IN}::test_leaving_twice_over_is_leaving_once",),
    ),
    Call(
        origin="web",
        to="identity provider",
        what="exchanges the code for the token",
        places=("panjereh/web/citizen/sign_in/arrival.py::prove",),
        failed=(
            f"{SIGN_IN}::test_a_token_that_did_not_come_signs_nobody_in_and_the_next_try_asks_for_nothing",
            f"{MOMENTS}::identity_provider_killed_before_the_token",
        ),
        happened=(
            f"{SIGN_IN}::test_a_token_that_did_not_come_signs_nobody_in_and_the_next_try_asks_for_nothing",
        ),
        slow=(
            f"{SIGN_IN}::test_a_token_that_did_not_come_signs_nobody_in_and_the_next_try_asks_for_nothing",
        ),
        twice=(
            f"{SIGN_IN}::test_a_code_exchanged_twice_over_signs_in_once",
            f"{IDP}::test_of_two_exchanges_at_once_at_most_one_gets_tokens",
        ),
    ),
    Call(
        origin="web",
        to="identity provider",
        what="asks what a login is for",
        places=(f"{_PLANE}::fetch_challenge",),
        failed=(_TOLD,),
        happened=READING,
        slow=(_TOLD,),
        twice=(_ONCE,),
    ),
    Call(
        origin="web",
        to="identity provider",
        what="says who signed in, or that nobody did",
        places=(f"{_PLANE}::accept", f"{_PLANE}::reject"),
        failed=(_TOLD, _AGAIN),
        happened=(_TOLD, _AGAIN),
        slow=(_TOLD, _AGAIN),
        twice=(_ONCE, f"{PORTAL}::test_a_challenge_is_answered_once"),
    ),
    Call(
        origin="web",
        to="identity provider",
        what="ends the sessions of an account",
        places=(f"{_PLANE}::end_sessions",),
        failed=(_ENDED,),
        happened=(_ENDED,),
        slow=(_ENDED,),
        twice=(_ENDED,),
    ),
    Call(
        origin="identity provider",
        to="PostgreSQL",
        what="each step of a sign-in",
        places=("panjereh_idp/asgi.py::build",),
        failed=(
            f"{IDP_PROGRAM}::test_while_the_database_is_away_nothing_is_promised",
            f"{IDP_PROGRAM}::test_a_connection_that_the_database_ended_is_replaced",
        ),
        happened=(
            f"{IDP_COMMITS}::test_a_step_that_was_done_and_not_heard_of_is_told_and_the_next_sign_in_succeeds",
            f"{IDP_COMMITS}::test_a_code_redeemed_unheard_gives_no_token_and_the_browser_gets_another",
            f"{IDP_COMMITS}::test_a_token_renewed_unheard_is_renewed_again",
            f"{IDP_COMMITS}::test_a_consent_ended_unheard_is_ended",
        ),
        slow=(f"{IDP_PROGRAM}::test_a_database_that_falls_silent_is_given_up",),
        twice=(
            f"{IDP}::test_of_two_exchanges_at_once_at_most_one_gets_tokens",
            f"{IDP}::test_of_two_equal_assertions_at_once_one_counts",
        ),
    ),
    Call(
        origin="web, worker",
        to="PostgreSQL",
        what="an operation in its transaction",
        failed=(
            "platform/plumbing/test_pooled.py::test_a_connection_that_was_cut_is_replaced_unseen",
            f"{MOMENTS}::database_killed",
        ),
        happened=(
            f"{COMMITS}::test_each_step_of_a_case_whose_commit_was_not_heard_of_is_there_once",
            f"{MOMENTS}::web_killed",
        ),
        slow=(
            f"{DATABASES}::test_a_line_that_falls_silent_holds_nobody_and_heals",
            f"{DATABASES}::test_the_server_is_told_the_limits_of_the_program",
            f"{MOMENTS}::database_frozen",
        ),
        twice=("platform/casework/test_applying.py::test_submitting_twice_is_refused_and_leaves_one_trace",),
    ),
    Call(
        origin="web, worker",
        to="PostgreSQL",
        what="the trace of a look, before what is looked at",
        failed=(f"{RECORDING}::test_nothing_is_read_without_a_trace",),
        happened=(f"{RECORDING}::test_a_trace_stays_when_the_reading_transaction_is_rolled_back",),
        slow=(f"{DATABASES}::test_every_thread_of_a_web_process_is_free_again",),
        twice=Never("two looks are two traces"),
    ),
    *OF_PROGRAMS,
    Call(
        origin="worker",
        to="PostgreSQL",
        what="takes a job, ticks it off, says that it lives",
        failed=(
            "platform/plumbing/test_crew.py::test_a_connection_that_died_in_a_job_is_replaced_for_the_next",
            "platform/jobs/test_worker.py::test_it_does_not_end_as_if_asked_when_the_database_is_gone",
        ),
        happened=(f"{MOMENTS}::worker_killed_after_its_commit",),
        slow=(f"{MOMENTS}::worker_frozen", f"{MOMENTS}::database_frozen"),
        twice=(f"{MOMENTS}::worker_killed", f"{MOMENTS}::worker_frozen"),
    ),
    Call(
        origin="worker",
        to="its own processes",
        what="shares the work out, and asks them to end",
        places=("panjereh/plumbing/side_by_side.py::in_processes",),
        failed=(f"{BESIDE}::test_when_one_child_dies_the_other_ends_and_the_parent_says_so",),
        happened=(f"{BESIDE}::test_no_child_outlives_a_parent_that_was_killed",),
        slow=(f"{BESIDE}::test_a_second_signal_ends_everybody_at_once",),
        twice=(f"{BESIDE}::test_when_everybody_is_asked_at_once_nobody_is_hurried",),
    ),
    Call(
        origin="worker",
        to="other rooms",
        what="tells of an event",
        failed=(f"{OUTBOX}::test_a_failing_subscriber_does_not_hold_the_others_up_and_is_asked_again_alone",),
        happened=(
            "platform/jobs/test_prompt_delivery.py::test_a_listener_that_fails_leaves_the_job_done_and_is_asked_again",
        ),
        slow=(
            "platform/jobs/test_prompt_delivery.py::test_the_waiting_delivery_has_a_head_start_and_is_due_soon",
        ),
        twice=(f"{OUTBOX}::test_delivering_twice_tells_once",),
    ),
    Call(
        origin="worker",
        to="our node",
        what="asks a register",
        places=("panjereh/domain/exchange/node_client.py::ask",),
        failed=(f"{ASK}::test_a_node_that_is_away_can_be_asked_later", f"{MOMENTS}::own_node_killed"),
        happened=(f"{ASK}::test_after_a_lost_answer_the_same_message_gets_it_and_leaves_one_receipt",),
        slow=(f"{ASK}::test_a_slow_register_can_be_asked_later", f"{MOMENTS}::country_frozen"),
        twice=(
            f"{ASK}::test_asking_twice_gives_the_same_answer_and_receipt",
            f"{ASK}::test_twins_of_one_job_get_one_receipt_and_leave_one_record",
        ),
    ),
    Call(
        origin="web",
        to="our node, registry",
        what="fetches what proves a receipt",
        places=tuple(
            f"panjereh/domain/exchange/evidence_client.py::{name}"
            for name in ("configuration", "log_key", "log_proof")
        ),
        failed=(_EVIDENCE, f"{PROVING}::test_without_a_registry_or_a_node_nothing_is_claimed"),
        happened=(_EVIDENCE,),
        slow=(_EVIDENCE,),
        twice=READING,
    ),
    Call(
        origin="node",
        to="node",
        what="asks a question for a member, signed, over mutual TLS",
        places=("panjereh_node/adapters/outbound.py::send",),
        failed=(
            f"{REPETITION}::test_a_question_that_never_arrived_is_asked_once_when_it_is_repeated",
            f"{NODES}::test_a_provider_that_is_down_is_told_apart",
        ),
        happened=(
            f"{OUTBOUND}::test_a_node_that_hangs_up_before_and_after_it_answered_is_told_as_unreachable",
            f"{REPETITION}::test_an_answer_that_never_came_is_given_when_the_question_is_repeated",
            f"{MOMENTS}::providers_node_killed",
        ),
        slow=(
            f"{OUTBOUND}::test_a_node_that_does_not_answer_in_time_is_given_up",
            f"{REPETITION}::test_an_answer_that_never_came_is_given_when_the_question_is_repeated",
        ),
        twice=(
            f"{REPETITION}::test_a_repeated_question_gets_the_same_answer_without_asking_again",
            f"{REPETITION}::test_two_askers_at_once_share_one_question",
            "node/test_answering.py::test_the_same_signed_request_twice_is_a_replay",
        ),
    ),
    Call(
        origin="node",
        to="register",
        what="asks the agency's own system",
        places=("panjereh_node/adapters/outbound.py::ask",),
        failed=(
            f"{OUTBOUND}::test_a_register_that_breaks_off_is_told_apart_and_never_asked_again_unseen",
            f"{REPETITION}::test_a_register_that_fails_is_asked_again_on_repetition",
        ),
        happened=(
            f"{OUTBOUND}::test_a_register_that_breaks_off_is_told_apart_and_never_asked_again_unseen",
            f"{NODES}::test_a_provider_killed_before_its_register_answered_is_asked_again_and_loses_nothing",
            f"{MOMENTS}::agency_failing",
        ),
        slow=(
            f"{OUTBOUND}::test_a_register_that_breaks_off_is_told_apart_and_never_asked_again_unseen",
            f"{MOMENTS}::country_frozen",
        ),
        twice=(f"{NODES}::test_a_repeated_question_is_answered_after_a_restart_without_asking_again",),
    ),
    Call(
        origin="node",
        to="registry",
        what="fetches the configuration of the exchange",
        places=("panjereh_node/adapters/polling.py::poll_once",),
        failed=(
            f"{OUTBOUND}::test_a_registry_that_breaks_off_changes_nothing_and_is_asked_again",
            f"{NODES}::test_a_node_starts_and_works_while_the_registry_is_down",
            f"{MOMENTS}::centre_away",
        ),
        happened=(f"{OUTBOUND}::test_a_registry_that_breaks_off_changes_nothing_and_is_asked_again",),
        slow=(f"{OUTBOUND}::test_a_registry_that_breaks_off_changes_nothing_and_is_asked_again",),
        twice=(f"{OUTBOUND}::test_a_configuration_fetched_twice_is_taken_up_once",),
    ),
    Call(
        origin="node",
        to="disk",
        what="keeps the configuration",
        places=("panjereh_node/adapters/cache.py::store",),
        failed=(f"{OUTBOUND}::test_a_configuration_that_cannot_be_kept_is_not_taken_up_and_fetched_again",),
        happened=(f"{NODE_DISK}::test_a_configuration_outlives_the_program",),
        slow=Never("the node goes on with the configuration it holds"),
        twice=(f"{NODE_DISK}::test_an_older_configuration_does_not_replace_a_newer_one",),
    ),
    Call(
        origin="node",
        to="disk",
        what="remembers what it answered",
        places=("panjereh_node/adapters/journal.py::append",),
        failed=(
            f"{NODE_DISK}::test_after_a_failed_write_a_new_segment_begins",
            f"{NODE_DISK}::test_a_full_disk_refuses_and_the_log_goes_on_when_there_is_room",
        ),
        happened=(
            f"{NODE_DISK}::test_a_torn_last_line_is_dropped",
            f"{REPETITION}::test_a_provider_that_cannot_log_its_answer_keeps_it_for_the_repetition",
        ),
        slow=Never("nothing is sent before it is written: the asker waits no longer than for a slow node"),
        twice=(f"{REPETITION}::test_the_first_answer_to_a_question_stays",),
    ),
    Call(
        origin="registry",
        to="disk",
        what="keeps the edition it signed",
        places=("panjereh_registry/adapters/shelf.py::store",),
        failed=(f"{REGISTRY}::test_an_edition_that_cannot_be_stored_leaves_the_last_one_standing",),
        happened=(f"{REGISTRY}::test_the_serial_outlives_the_program",),
        slow=Never("nodes go on with what they hold, longer than any write"),
        twice=(f"{REGISTRY}::test_an_edition_stands_while_nothing_changes_and_it_is_fresh_enough",),
    ),
    Call(
        origin="worker",
        to="render server",
        what="has a document rendered behind walls",
        places=("panjereh/domain/documents/rendering/renderer.py::render",),
        failed=(
            f"{RENDERING}::test_a_killed_server_is_told_and_replaced",
            f"{ISSUING}::test_a_failure_of_one_worker_does_not_undo_the_other_ones_success",
        ),
        happened=(
            f"{ISSUING}::test_a_worker_killed_before_the_commit_leaves_a_request_that_the_next_one_finishes",
        ),
        slow=(
            f"{RENDERING}::test_a_server_that_hangs_is_told_and_replaced",
            f"{ISSUING}::test_a_slow_child_leaves_the_request_for_another_try",
        ),
        twice=(
            f"{ISSUING}::test_issuing_twice_changes_nothing",
            f"{ISSUING}::test_of_two_workers_with_the_same_job_the_slower_one_drops_its_copy",
        ),
    ),
    Call(
        origin="worker",
        to="time stamp authority",
        what="has a signature stamped with its time",
        places=("panjereh/domain/documents/signing/stamping.py::async_request_tsa_response",),
        failed=(f"{STAMPS}::test_nothing_is_signed_without_a_stamp_to_be_believed",),
        happened=(f"{STAMPS}::test_a_document_whose_stamp_was_lost_on_its_way_waits_and_is_issued_later",),
        slow=(f"{STAMPS}::test_a_slow_authority_is_waited_for_no_longer_than_the_limit",),
        twice=(f"{ISSUING}::test_issuing_twice_changes_nothing",),
    ),
    Call(
        origin="render server",
        to="its child",
        what="compiles one template",
        places=("panjereh/domain/documents/rendering/server.py::main",),
        failed=(
            f"{RENDERING}::test_a_template_that_eats_memory_is_stopped",
            f"{RENDERING}::test_after_a_hostile_template_the_next_one_is_served",
        ),
        happened=PURE,
        slow=(
            f"{RENDERING}::test_a_template_that_never_ends_is_stopped",
            f"{RENDERING}::test_a_template_that_burns_the_processor_is_stopped",
        ),
        twice=(f"{RENDERING}::test_the_same_input_gives_the_same_bytes",),
    ),
    Call(
        origin="web",
        to="its child",
        what="reads a stranger's file",
        places=("panjereh/domain/documents/signing/apart.py::inspect_apart",),
        failed=(f"{APART}::test_a_file_made_to_break_its_reader_cannot_be_read_and_breaks_nothing",),
        happened=READING,
        slow=(
            f"{APART}::test_a_file_that_takes_too_long_cannot_be_read",
            f"{APART}::test_when_no_turn_comes_the_caller_is_told",
        ),
        twice=READING,
    ),
    Call(
        origin="worker",
        to="scanner for malware",
        what="has a file looked at that somebody handed in",
        places=("panjereh/plumbing/blobs/scanning.py::finds",),
        failed=(
            f"{BLOBS}::test_a_scanner_that_nobody_answers_for_is_away",
            f"{BLOBS}::test_a_scanner_that_gives_no_verdict_is_away",
        ),
        happened=(f"{BLOBS}::test_a_verdict_that_was_lost_leaves_the_file_apart_and_may_be_asked_for_again",),
        slow=(f"{BLOBS}::test_a_scanner_that_gives_no_verdict_is_away",),
        twice=(f"{BLOBS}::test_looking_twice_asks_once_and_changes_nothing",),
    ),
    Call(
        origin="worker",
        to="its child",
        what="reads a file that somebody handed in",
        places=("panjereh/plumbing/blobs/operations.py::scan_blob",),
        failed=(f"{BLOBS}::test_a_bomb_or_a_broken_file_ends_its_reader_and_no_more",),
        happened=PURE,
        slow=(f"{BLOBS}::test_a_file_that_keeps_its_reader_too_long_is_unreadable",),
        twice=(f"{BLOBS}::test_looking_twice_asks_once_and_changes_nothing",),
    ),
    Call(
        origin="worker",
        to="carrier of text messages",
        what="sends a message",
        failed=(f"{SMS}::test_failed_the_message_stays_queued_and_goes_with_the_next_try",),
        happened=(
            f"{SMS}::test_failed_but_happened_the_next_try_carries_the_same_id",
            f"{SMS}::test_killed_between_sending_and_noting_it_the_next_try_carries_the_same_id",
        ),
        slow=(f"{SMS}::test_slow_a_message_of_no_use_any_more_is_not_sent",),
        twice=(
            f"{SMS}::test_twice_a_sent_message_is_not_sent_again",
            f"{SMS}::test_the_practice_gateway_keeps_its_promise_of_once_per_id",
        ),
    ),
    Call(
        origin="web, worker",
        to="key token",
        what="wraps and unwraps people's keys",
        places=("panjereh/plumbing/token_keys.py::unwrap", "panjereh/plumbing/token_keys.py::wrap"),
        failed=(
            f"{TOKEN}::test_a_token_that_is_away_is_told_and_found_again",
            f"{TOKEN}::test_a_refused_pin_is_not_tried_again_until_its_file_changes",
        ),
        happened=PURE,
        slow=(f"{TOKEN}::test_a_token_that_is_slow_keeps_nobody_waiting",),
        twice=(f"{TOKEN}::test_a_key_wrapped_in_the_token_opens_with_the_key_it_names_and_no_other",),
    ),
    Call(
        origin="sequencer",
        to="PostgreSQL",
        what="gives leaves their places",
        failed=(f"{SEQUENCER}::test_a_commit_that_failed_ends_the_process_and_places_nothing_twice",),
        happened=(
            f"{SEQUENCER}::test_a_commit_that_failed_ends_the_process_and_places_nothing_twice",
            f"{MOMENTS}::sequencer_killed",
        ),
        slow=(f"{MOMENTS}::sequencer_frozen",),
        twice=(f"{SEQUENCER}::test_a_second_sequencer_on_the_same_folder_ends_at_once",),
    ),
    Call(
        origin="sequencer, node",
        to="disk",
        what="writes the log and publishes its checkpoints",
        places=tuple(
            f"panjereh_tlog/directory/disk.py::{name}" for name in ("append", "cut", "replace", "sync_folder")
        ),
        failed=(
            _FILE,
            f"{SEQUENCER}::test_a_full_disk_ends_the_process_and_what_fitted_does_no_harm",
            f"{TLOG}::test_a_broken_step_loses_nothing_acknowledged_and_doubles_nothing",
        ),
        happened=(_FILE, f"{TLOG}::test_a_broken_step_loses_nothing_acknowledged_and_doubles_nothing"),
        slow=(f"{SEQUENCER}::test_the_record_verifies_however_slow_a_step_is",),
        twice=(
            f"{SEQUENCER}::test_a_round_with_nothing_new_writes_nothing",
            f"{SEQUENCER}::test_two_sequencers_with_folders_of_their_own_write_the_same_log",
        ),
    ),
    Call(
        origin="worker",
        to="portals that are judged",
        what="looks at a site for an assessment",
        places=tuple(f"panjereh/domain/evaluation/crawler.py::{name}" for name in ("has_site_map", "page")),
        failed=(
            f"{LOOKING}::test_a_site_that_is_away_is_a_finding_and_the_job_is_done",
            f"{LOOKING}::test_a_site_that_misbehaves_is_a_finding_and_leads_nowhere",
        ),
        happened=READING,
        slow=(f"{LOOKING}::test_a_page_that_drips_is_left_after_a_while",),
        twice=(f"{LOOKING}::test_the_same_look_done_again_asks_nobody",),
    ),
)
