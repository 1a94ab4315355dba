"""Lines of the chronicle: which sentence shows which events.

One sentence is one line. It shows all the events that it tells of one date; an event that other reports tell in other words is shown
by the sentence that tells it best, and what those words tell besides goes along.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

import msgspec

from dateline.link.sentences import clip, points_back, sentence_before
from dateline.link.told import Happening, Told
from dateline.link.words import is_act
from dateline.records import content_id

_PRONOUN = re.compile(
    r"[\"“‘'(]*(?:he|she|it|they|this|that|these|those|his|her|their|its|the two|both|there|but|and)\b", re.IGNORECASE
)
_LEAD = 400  # characters from the first word of a report in which it tells its news
# Announced, threatened or possible: what lies ahead may share a line.
_SIDES = {"plan": "ahead", "maybe": "ahead"}

_AGAINST = frozenset({"REJECT", "ACCUSE"})

_Key = tuple[str, int, str]


def show(found: Sequence[Happening]) -> None:
    """Give every happening its line: the telling whose sentence shows it, put first in its row, and the entry's id."""
    by_sentence: dict[_Key, list[tuple[Happening, Told]]] = defaultdict(list)
    for happening in found:
        for told in happening.told:
            by_sentence[_key(told)].append((happening, told))
    shared = {happening: _shared(happening) for happening in found}
    hidden = set(found)

    def worth(key: _Key) -> tuple[float, list[tuple[Happening, Told]]]:
        left = _of_one_date([(h, t) for h, t in by_sentence[key] if h in hidden])
        return sum(1 + 0.5 * math.log(len(h.row.reports)) + _quality(t, shared[h]) for h, t in left), left

    heap = [(-worth(key)[0], key) for key in by_sentence]
    heapq.heapify(heap)
    while heap:
        _, key = heapq.heappop(heap)
        now, left = worth(key)
        if not left:
            continue
        if heap and -now > heap[0][0]:
            heapq.heappush(heap, (-now, key))
            continue
        lead, _ = min(left, key=lambda pair: (_guessed(pair[0]), not pair[0].row.date, pair[1].event.trigger.start))
        entry = content_id("e", lead.row.id)
        sentences = {_key(t) for h, _ in left for t in h.told}
        for happening, told in left:
            hidden.discard(happening)
            _put(happening, told, entry)
        for key_ in sorted(sentences):
            for happening, told in by_sentence[key_]:
                if (
                    happening in hidden
                    and happening.row.date in (lead.row.date, None)
                    and {_key(t) for t in happening.told} <= sentences
                ):
                    hidden.discard(happening)
                    _put(happening, told, entry)
        heapq.heappush(heap, (-worth(key)[0], key))
    _go_along(found)


def _key(told: Told) -> _Key:
    return (told.telling.report, told.sentence.start, _SIDES.get(told.group, told.group))


def _guessed(happening: Happening) -> bool:
    return happening.row.date_basis in ("publication", None)


def _of_one_date(told: list[tuple[Happening, Told]]) -> list[tuple[Happening, Told]]:
    """Those of the date that most have, with the undated; what is dated only by its report happened when the sentence says."""
    dates = Counter(h.row.date for h, _ in told if h.row.date and not _guessed(h)) or Counter(
        h.row.date for h, _ in told if h.row.date
    )
    if not dates:
        return told
    date = max(dates, key=lambda d: (dates[d], d))
    return [(h, t) for h, t in told if h.row.date in (date, None) or h.row.date_basis == "publication"]


def _go_along(found: Sequence[Happening]) -> None:
    """Let what has no line of its own to give share another's: an announcement, a threat, a denial that stands in the sentence of what
    it is about; and what is undated in a sentence that is a line already.
    """
    first: dict[tuple[str, int], list[Happening]] = defaultdict(list)
    tells: dict[tuple[str, int], list[Happening]] = defaultdict(list)
    for happening in found:
        first[happening.line.telling.report, happening.line.sentence.start].append(happening)
        for told in happening.told:
            tells[told.telling.report, told.sentence.start].append(happening)
    acts = {h for h in found if h.group == "fact" and all(is_act(t.event.trigger.text) for t in h.told)}
    acts -= {h for h in acts if h.row.date and _is_news(h, tells, acts)}
    for happening in found:
        place = (happening.line.telling.report, happening.line.sentence.start)
        others = [h for h in tells[place] if h is not happening and h not in acts]
        if happening in acts:
            about = min(others, key=lambda h: (h.group == "fact", h.line.event.trigger.start), default=None)
        elif happening.row.date is None and happening.row.entry == content_id("e", happening.row.id):
            about = next(
                (
                    h
                    for h in first[place]
                    if h is not happening and h.row.date and h not in acts and not h.row.background
                ),
                None,
            )
        else:
            about = _continued(happening, first)
        if about is not None:
            happening.row = msgspec.structs.replace(happening.row, entry=about.row.entry)


def _is_news(act: Happening, tells: Mapping[tuple[str, int], Sequence[Happening]], acts: Collection[Happening]) -> bool:
    """Whether an act of a day of its own is the news: it stands beside nothing but what it refuses or puts off, undated ("On
    Thursday a court refused to extradite him"), or beside what else may come ("rejected the results on Monday and said …").
    """
    beside = [h for t in act.told for h in tells[t.telling.report, t.sentence.start] if h not in acts]
    if beside and all(h.group == "cancelled" and h.row.date is None for h in beside):
        return True
    rejects = act.row.type in _AGAINST and not _guessed(act)
    return rejects and all(h.group in _SIDES and h.row.date != act.row.date for h in beside)


def _continued(happening: Happening, first: Mapping[tuple[str, int], Sequence[Happening]]) -> Happening | None:
    """What the sentence before tells of the same day, where this one points back to it ("He also gave …")."""
    told = happening.line
    if happening.row.date is None or not points_back(told.sentence.text):
        return None
    earlier = sentence_before(told.telling.text, told.telling.parts, told.sentence)
    if earlier is None or points_back(earlier.text):
        return None
    before = first.get((told.telling.report, earlier.start), ())
    return next((h for h in before if h.row.date == happening.row.date and h.group == happening.group), None)


def _put(happening: Happening, told: Told, entry: str) -> None:
    """Put the telling that shows a happening first."""
    happening.line = told
    row = happening.row
    happening.row = msgspec.structs.replace(
        row, text=clip(told.sentence.text), pins=[told.pin, *(p for p in row.pins if p != told.pin)], entry=entry
    )


def _shared(happening: Happening) -> frozenset[str]:
    """The stems that several tellings of a happening have."""
    counts = Counter(stem for t in happening.told for stem in t.stems)
    return frozenset(stem for stem, n in counts.items() if n > 1)


def _quality(told: Told, shared: frozenset[str]) -> float:
    """How well a sentence tells its event to somebody who reads nothing else."""
    text, telling = told.sentence.text, told.telling
    length = len(text.split())
    start, end = told.sentence.start, told.sentence.end
    kind = next((part.kind for part in telling.parts if part.start <= start < part.end), "body")
    score = {"body": 0.3, "side": 0.1}.get(kind, -1.0)
    score += 0.8 * len(shared & told.stems) / len(shared) if shared else 0.0
    score += (
        0.3
        if told.event.date is not None and any(t.edtf and start <= t.start < end for t in telling.reading.times)
        else 0.0
    )
    score += 0.2 if told.who else 0.0
    score += 0.3 if start < _LEAD else 0.0
    score -= 0.2 if told.event.background else 0.0
    score -= 0.5 if _PRONOUN.match(text) else 0.0
    score -= 0.6 if length < 6 or length > 80 else 0.2 if length > 50 else 0.0
    score -= 0.3 if text.count("“") != text.count("”") or text[-1:] not in '.!?…”"’' else 0.0
    score -= 0.3 if told.event.date_basis == "publication" else 0.0
    return score
