from __future__ import annotations

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.read.timex import rules, words_of


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_rule_matches_a_text_that_it_is_not_tried_on(data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from(rules()))
    text = data.draw(st.from_regex(rule.pattern, alphabet=string.printable + "’–—½"))
    assert rule.may_match(words_of(text)), text


def test_a_text_without_words_of_time_is_not_searched() -> None:
    words = words_of("The harbour board rejected the plan, and the union walked out.")
    assert not any(rule.may_match(words) for rule in rules())
