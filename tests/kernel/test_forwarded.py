"""The caller's address behind proxies: believed as far as the operator's own proxies vouch for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panjereh_kernel.forwarded import caller_address

PROXY, CALLER, LIE = "10.0.0.1", "192.0.2.7", "198.51.100.1"


def test_without_a_trusted_proxy_the_header_is_not_looked_at():
    assert caller_address(CALLER, [LIE], trusted_proxies=0) == CALLER


def test_one_proxy_vouches_for_the_last_address():
    assert caller_address(PROXY, [f"{LIE}, {CALLER}"], trusted_proxies=1) == CALLER


def test_two_proxies_vouch_for_the_last_but_one():
    assert caller_address(PROXY, [f"{LIE}, {CALLER}, 10.0.0.2"], trusted_proxies=2) == CALLER


def test_a_header_sent_in_several_lines_is_one_list():
    assert caller_address(PROXY, [LIE, CALLER], trusted_proxies=1) == CALLER


@pytest.mark.parametrize("header", [[], [""], ["unknown"], ["192.0.2.7:1234:x"], ["<script>"]])
def test_what_is_no_address_falls_back_to_the_proxys_own(header):
    assert caller_address(PROXY, header, trusted_proxies=1) == PROXY


def test_a_header_shorter_than_our_own_proxies_make_it_did_not_come_through_them():
    assert caller_address(PROXY, [CALLER], trusted_proxies=2) == PROXY


@pytest.mark.parametrize("spelling", ["2001:DB8::7", "[2001:db8::7]", "2001:0db8:0:0::7"])
def test_one_address_has_one_spelling_so_that_a_cap_counts_it_once(spelling):
    assert caller_address(PROXY, [spelling], trusted_proxies=1) == "2001:db8::7"


@given(st.lists(st.text(max_size=20), max_size=4))
def test_nothing_a_caller_writes_before_our_proxy_changes_what_it_says(lies):
    assert caller_address(PROXY, [*lies, CALLER], trusted_proxies=1) == CALLER
