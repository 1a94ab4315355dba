"""The grammar of time expressions: words, patterns, and what each one means once it is anchored."""

from dateline.read.timex.hints import words_of
from dateline.read.timex.rules import rules
from dateline.read.timex.sense import Context, Rule, Sense, Tense

__all__ = ["Context", "Rule", "Sense", "Tense", "rules", "words_of"]
