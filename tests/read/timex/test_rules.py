from __future__ import annotations

import time

from dateline.read.timex import rules


def test_patterns_stay_fast_on_hostile_text() -> None:
    # Half a second is far above what they take and far below what a pattern that backtracks takes.
    for text in ("the " * 3000, " " * 12000, "early late mid " * 800, "two hundred and " * 800, "1" * 12000):
        for rule in rules():
            begun = time.process_time()
            for _ in rule.pattern.finditer(text):
                pass
            assert time.process_time() - begun < 0.5, (rule.pattern.pattern[:60], text[:20])
