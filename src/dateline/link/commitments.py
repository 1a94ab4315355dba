"""Commitments over all reports, and what became of them by plain matching with what later reports tell."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from dateline.edtf import Bounds, bounds
from dateline.link.cast import Cast
from dateline.link.deadlines import set_day
from dateline.link.evidence import Compared, Spot
from dateline.link.sentences import points_back, sentence_around, sentence_before
from dateline.link.told import Happening, Told
from dateline.link.words import content, is_act, kinds, overlap, stem, words
from dateline.records import Commitment, Record, content_id

Kind = Literal["announced", "promised", "threatened"]
Outcome = Literal["took place", "cancelled", "postponed", "changed", "no report"]

_PUT_OFF: dict[Outcome, re.Pattern[str]] = {
    "postponed": re.compile(
        r"\b(?:postpon\w+|delay(?:ed|s|ing)?|put (?:off|back)|reschedul\w+|adjourn\w+|push(?:ed)? back|deferred)\b",
        re.IGNORECASE,
    ),
    "cancelled": re.compile(
        r"\b(?:cancel\w*|call(?:ed|ing|s)? off|scrap(?:ped|s|ping)?|abandon\w*|shelv\w+|withdr[ae]w\w* (?:the|its|his|her|their) (?:offer|promise|threat)"
        r"|(?:will|would) not (?:take place|go ahead|be \w+|attend|meet|travel)|refus\w+ to (?:attend|meet|go|travel))\b",
        re.IGNORECASE,
    ),
    "changed": re.compile(r"\b(?:brought forward|moved (?:to|from)|instead of)\b", re.IGNORECASE),
}
_RANK: dict[Outcome, int] = {"took place": 3, "postponed": 2, "cancelled": 1, "changed": 0, "no report": -1}
# Acts that commit by themselves, without a second event in the sentence: "promised a public inquiry".
_COMMITS: dict[str, Kind] = {"promise": "promised", "pledge": "promised", "vow": "promised", "threaten": "threatened"}
_HARM = frozenset(
    {"attack", "gunfire", "blast", "war", "closure", "sanction", "cut", "expulsion", "seizure", "arrest", "stop"}
)
# What is done to somebody in answer, in the words of strikes, courts and embassies.
_REPRISAL = re.compile(
    r"^(?:walk(?:ing)? out|down(?:ing)? tools|call(?:ing)? out|strike|(?:go|going) on strike|(?:call|declare|stage)\w* .{0,25}\bstrike|picket\w*"
    r"|sue|petition|(?:go|going) to (?:the )?\w* ?courts?|(?:take|taking) .{0,40}\bto court|(?:claim|seek)\w* damages|appeal to the \w+ court"
    r"|recall\w* .{0,25}\bambassador|expel|withdraw|boycott|retaliat\w+|evict|strip|shut|disconnect|pull out|fine|veto)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"[“\"]?(?:If|Unless)\b")
_DENIED = re.compile(r"\b(?:den(?:y|ies|ied|ying)|reject\w*|dismiss\w*)\b", re.IGNORECASE)
_WAS_PLANNED = re.compile(
    r"\b(?:planned|scheduled|due|set|promised|announced|billed|pencil+ed|slated)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,;:–]\s|\s(?:and|but|while|after|because)\s")
# A "that" inside a clause mostly begins another ("the strike that was due"), and "this week" points at no plan.
_BACK = re.compile(
    r"\b(?:it|they|them)\b|\bthis(?=\s+(?:is|was|will|would|has|had|may|might|could)\b|\W*$)|^\W*that\b", re.IGNORECASE
)
_HAD_PLANNED = re.compile(
    r"\bhad (?:\w+ly )?(?:threatened|promised|pledged|vowed|planned|announced|intended)\b", re.IGNORECASE
)
_PARTICLE = 5  # characters after a verb in which its particle stands: "put off"
_REACH = 150  # days after its announcement within which an undated commitment may find its outcome
_FAR = 730  # days after its announcement within which anything told may decide a commitment
_STALE = 14  # days after it was due within which it is still told that something was called off
_BY_WORDS = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
_VISIT = "visit"
_EXACT = 3  # days that a due date may cover and still tell what happened then by the day
_WORDS = 3  # words that a sentence must share with a plan to be about it, where its event is called by another name
_ROUGHLY = 0.25  # which share of its words besides
_ALIKE = 0.34  # which share of the words must agree where the actors do not


@dataclass(frozen=True)
class _Plan:
    """What is committed to: the happening that tells it, and the kinds of happening and the words that it is about.

    ``bare``: a promise or threat of a thing ("an inquiry"), which any event of that thing may fulfil. ``moved``: the day that
    something was put off to, where the happening is the putting off.
    """

    happening: Happening
    kind: Kind
    families: frozenset[str]
    stems: frozenset[str]
    due: Bounds | None
    announced: date | None
    bare: bool = False
    moved: str | None = None


class Planned(Record, frozen=True, array_like=True):
    """Something promised or threatened: its kinds, words and people; the ordinals of the days when it is due and was announced."""

    families: frozenset[str]
    stems: frozenset[str]
    who: frozenset[str]
    place: Spot | None
    first: int | None
    last: int | None
    announced: int | None


@dataclass(frozen=True)
class _Decided:
    """An outcome with what decided it."""

    outcome: Outcome
    happening: Happening
    told: date | None
    strength: float


def commitments(happenings: Sequence[Happening], cast: Cast) -> list[Commitment]:
    """One commitment for every event announced, promised or threatened, over all reports that announce it, in order of telling."""
    by_family: dict[str, list[Happening]] = defaultdict(list)
    for happening in happenings:
        told = frozenset(kind for t in happening.told for kind in kinds(t.sentence.text))
        days = {_from(happening.row.date)} if happening.row.date else set()
        for family in _kinds(happening) | told | days | ({_CUED} if _cued(happening) else set()):
            by_family[family].append(happening)
    rows = []
    shown: set[tuple[str | None, str | None]] = set()
    deciding: set[str | None] = set()
    for happening in happenings:
        plan = _plan(happening)
        line = (happening.row.entry, happening.row.date)
        if plan is None or line in shown:
            continue
        shown.add(line)
        own = _withdrawn(happening)
        decided = _Decided(own, happening, happening.last_day, 0.0) if own else _outcome(plan, _later(plan, by_family))
        deciding.add(decided.happening.row.id if decided else None)
        rows.append(
            _commitment(plan, decided.outcome if decided else "no report", decided.happening if decided else None, cast)
        )
    moved: set[tuple[str, int, str]] = set()
    for happening in happenings:
        plan = _put_to(happening)
        if (
            plan is None
            or (place := (plan.happening.line.telling.report, plan.happening.line.sentence.start, plan.moved or ""))
            in moved
        ):
            continue
        moved.add(place)
        decided = _outcome(plan, _later(plan, by_family))
        rows.append(
            _commitment(plan, decided.outcome if decided else "no report", decided.happening if decided else None, cast)
        )
    for happening in happenings:
        outcome = _told_in_passing(happening)
        line = (happening.row.entry, happening.row.date)
        if outcome and happening.row.id not in deciding and line not in shown:
            shown.add(line)
            plan = _Plan(happening, "announced", happening.families, happening.stems, None, None)
            rows.append(_commitment(plan, outcome, happening, cast))
    return rows


def called_off(told: Told) -> list[frozenset[str]]:
    """What a sentence calls off, puts off or changes, by the words and kinds of each clause that does."""
    return [content(clause) | kinds(clause) for _, clause in _clauses_off(told)]


def _later(plan: _Plan, by_family: dict[str, list[Happening]]) -> Iterable[Happening]:
    """The happenings that may decide a plan: of its kinds or its day, and all that call something off."""
    happening = plan.happening
    keys = (*sorted(plan.families | _kinds(happening)), _CUED, _from(plan.moved or happening.row.date or _CUED))
    return {id(h): h for family in keys for h in by_family.get(family, ()) if h is not happening}.values()


def _from(day: str) -> str:
    """A date's beginning: what has gone on since a day is looked up by that day."""
    return day.partition("/")[0]


def _put_to(happening: Happening) -> _Plan | None:
    """What is put off to a new day, or left time until one, as a plan for that day."""
    told = happening.line
    if happening.group not in ("cancelled", "fact") or told.event.background:
        return None
    day = set_day(told)
    due = bounds(day.edtf) if day else None
    announced = happening.first_day
    if day is None or due is None or (announced and due.last < announced):
        return None
    return _Plan(happening, "announced", happening.families, happening.stems, due, announced, moved=day.edtf)


def _withdrawn(happening: Happening) -> Outcome | None:
    """What a sentence says in one breath of a plan: "the bill that he had promised to bring will not be introduced"."""
    told = happening.line
    text, trigger = told.telling.text, told.event.trigger
    if not _HAD_PLANNED.search(text, told.sentence.start, trigger.start):
        return None
    return next((o for o, pattern in _PUT_OFF.items() if pattern.search(text, trigger.end, told.sentence.end)), None)


def _commitment(plan: _Plan, outcome: Outcome, decided: Happening | None, cast: Cast) -> Commitment:
    happening, row = plan.happening, plan.happening.row
    return Commitment(
        id=content_id("p", row.id, plan.moved) if plan.moved else content_id("p", row.id),
        text=row.text,
        by=_by(happening, cast),
        kind=plan.kind,
        due=None if plan.bare else plan.moved or row.date,
        condition=next((t.event.condition.text for t in happening.told if t.event.condition), None),
        outcome=outcome,
        outcome_entry=decided.row.entry if decided else None,
        event=row.id,
        reports=row.reports,
        pin=row.pins[0],
    )


def _told_in_passing(happening: Happening) -> Outcome | None:
    """The outcome of a plan that is only told of when it comes to nothing: "the march planned for today has been cancelled"."""
    told = happening.line
    if not _WAS_PLANNED.search(told.sentence.text) or happening.group not in ("cancelled", "fact"):
        return None
    if happening.group == "fact" and not is_act(told.event.trigger.text):
        return None
    trigger = told.telling.text[told.event.trigger.start : min(told.event.trigger.end + _PARTICLE, told.sentence.end)]
    found = next((outcome for outcome, pattern in _PUT_OFF.items() if pattern.search(trigger)), None)
    return found or ("cancelled" if happening.group == "cancelled" else None)


# A mark on what may tell that something else was called off or put off, whatever its own kind.
_CUED = "called off or put off"


def _kinds(happening: Happening) -> frozenset[str]:
    """The kinds of a happening: by its words, and by the PLOVER type of what it is, acts by words apart."""
    type_ = happening.row.type
    return happening.families | ({f"type {type_}"} if type_ and type_ not in _BY_WORDS else frozenset())


def _cued(happening: Happening) -> bool:
    return happening.group == "cancelled" or any(_cues(t.sentence.text) for t in happening.told)


def _plan(happening: Happening) -> _Plan | None:
    """The commitment that a happening is, if any: as its tellings call it; a dated plan of somebody's; or a bare promise or threat."""
    announced = happening.first_day
    kinds_told = Counter(t.event.kind for t in happening.told if t.event.kind)
    due = bounds(happening.row.date)
    if happening.group != "fact":
        planned = happening.group == "plan" and happening.who and happening.row.date
        if not kinds_told and not planned:
            return None
        kind: Kind = max(kinds_told, key=lambda k: (kinds_told[k], k)) if kinds_told else "announced"
        if kind == "announced" and _adverse(happening):
            kind = "threatened"
        return _Plan(happening, kind, happening.families, happening.stems, due, announced)
    own_line = happening.row.entry == content_id("e", happening.row.id)
    told = happening.line
    stems = {stem(word) for word in words(told.event.trigger.text)}
    committed = next((kind for act, kind in _COMMITS.items() if stem(act) in stems), None)
    if committed is None or not own_line or told.event.background or not is_act(told.event.trigger.text):
        return None
    if _DENIED.search(told.telling.text, told.sentence.start, told.event.trigger.start):
        return None
    after = told.telling.text[told.event.trigger.end : told.sentence.end]
    return _Plan(happening, committed, kinds(after) or content(after), content(after), None, announced, bare=True)


def _adverse(happening: Happening) -> bool:
    """Whether what is announced on a condition would harm somebody: that is a threat, whatever it is called."""
    conditions = [t.event.condition.text for t in happening.told if t.event.condition]
    if not conditions and happening.group != "maybe" and not any(_IF.match(t.sentence.text) for t in happening.told):
        return False
    told = happening.line
    deed = told.telling.text[told.event.trigger.start : told.sentence.end]
    for condition in conditions:
        deed = deed.replace(condition, " ")
    return not _HARM.isdisjoint(kinds(told.event.trigger.text)) or _REPRISAL.search(deed) is not None


def _by(happening: Happening, cast: Cast) -> list[str]:
    """Who commits: the agents, else who says so."""
    if happening.row.actors:
        return happening.row.actors
    found = []
    for t in happening.told:
        if t.event.statement is not None:
            speaker = t.telling.reading.statements[t.event.statement].speaker
            found.append(cast.name_of(t.telling.report, speaker))
    return list(dict.fromkeys(name for name in found if name))


# ── outcomes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _outcome(plan: _Plan, others: Iterable[Happening]) -> _Decided | None:
    """What became of a plan: that it took place, before what was told last of it, before what is best supported."""
    found = [decided for other in others if (decided := _decide(plan, other))]
    return max(
        found,
        key=lambda d: (d.outcome == "took place", d.told or date.min, _RANK[d.outcome], d.strength, d.happening.row.id),
        default=None,
    )


def _decide(plan: _Plan, other: Happening) -> _Decided | None:
    """What another event says of a plan, None where it says nothing."""
    told = other.last_day
    if plan.announced and told and not 0 <= (told - plan.announced).days <= (_FAR if plan.due else _REACH):
        return None
    strength = len(plan.happening.who & other.who) + overlap(plan.stems, other.stems)
    for t in other.told:
        if t.telling.report == plan.happening.line.telling.report and t.sentence == plan.happening.line.sentence:
            return None
        outcome = _put_off(plan, t)
        if outcome:
            return _Decided(outcome, other, told, strength)
    if other.group == "cancelled" and _same_plan(plan, other):
        return _Decided("cancelled", other, told, strength)
    if other.group == "fact" and not is_act(other.line.event.trigger.text) and _took_place(plan, other):
        return _Decided("took place", other, told, strength)
    return None


def _same_plan(plan: _Plan, other: Happening) -> bool:
    """Whether what is told to be off is the plan: of its kind and day, in some of its words."""
    when = bounds(other.row.date)
    apart = plan.due and when and not plan.due.meets(when, slack=1)
    return not apart and not plan.families.isdisjoint(other.families) and len(plan.stems & other.stems) >= 2


def _put_off(plan: _Plan, told: Told) -> Outcome | None:
    """Whether a sentence says that a plan was put off, called off or changed: the clause of the cue must speak of it."""
    if plan.announced and told.day and told.day < plan.announced:
        return None
    if plan.due and told.day and (told.day - plan.due.last).days > _STALE:
        return None
    for outcome, clause in _clauses_off(told):
        stems = content(clause)
        common = len(plan.stems & stems)
        near = common >= 2 or (common == 1 and bool(plan.happening.who & told.who))
        if near and not plan.families.isdisjoint(kinds(clause) | stems):
            return outcome
    return None


def _clauses_off(told: Told) -> Iterable[tuple[Outcome, str]]:
    """The clauses that put something off, call it off or change it; with the sentence before where one points back to it."""
    for outcome, clause in _cues(told.sentence.text):
        words = clause
        if _BACK.search(clause):
            before = len(told.telling.text[: told.sentence.start].rstrip())
            if before:
                words += " " + sentence_around(told.telling.text, told.telling.parts, before - 1, before).text
        yield outcome, words


@lru_cache(maxsize=20_000)
def _cues(sentence: str) -> tuple[tuple[Outcome, str], ...]:
    """What a sentence says to be put off, called off or changed: the outcome and the clause that tells it."""
    return tuple(
        (outcome, _clause_around(sentence, cue.start(), cue.end()).replace(cue[0], " "))
        for outcome, pattern in _PUT_OFF.items()
        for cue in pattern.finditer(sentence)
    )


def _clause_around(text: str, start: int, end: int) -> str:
    """The clause of a cue, as far as commas and conjunctions tell."""
    low = max((m.end() for m in _CLAUSE.finditer(text, 0, start)), default=0)
    high = next((m.start() for m in _CLAUSE.finditer(text, end)), len(text))
    return text[low:high]


def _took_place(plan: _Plan, other: Happening) -> bool:
    """Whether a happening is what was planned: of its kind, when it was due, by its actors or in its words."""
    when = other.line.covered or bounds(other.row.date)
    if when is None or (plan.announced is not None and when.last < plan.announced):
        return False
    shared = plan.happening.who & other.who
    if not plan.bare and plan.due is not None and plan.due.days <= _EXACT and _then(plan.due, when):
        before, then = _referred(plan.happening), kinds(other.line.sentence.text)
        named = not plan.families.isdisjoint(then | other.stems)
        stems = plan.stems | content(before)
        if named and len(stems & other.stems) >= _WORDS and overlap(stems, other.stems) >= _ROUGHLY:
            return True
        if named and not kinds(before).isdisjoint(then):
            return True
        if shared and _VISIT in plan.families and _tells_place(plan.happening, other):
            return True
    done = kinds(other.line.sentence.text) if plan.bare else _kinds(other)
    if (plan.families if plan.bare else plan.families | _kinds(plan.happening)).isdisjoint(done):
        return False
    if plan.due is not None:
        alike = overlap(plan.stems, other.stems) >= _ALIKE
        return plan.due.meets(when, slack=1) and (bool(shared) or alike or _same_place(plan.happening, other))
    if plan.announced is None or when.last < plan.announced or (when.first - plan.announced).days > _REACH:
        return False
    return overlap(plan.stems, other.stems) >= (_ALIKE if shared and not plan.bare else 0.6)


def _then(due: Bounds, when: Bounds) -> bool:
    """Whether something happened by the day when a plan was due, or has gone on since that day."""
    return due.meets(when) and (when.days <= _EXACT or (due.first <= when.first and when.last == date.max))


def _referred(happening: Happening) -> str:
    """The sentence before a plan's, where the plan points back to it ("They are due in court on Tuesday"), else empty."""
    told = happening.line
    if not points_back(told.sentence.text):
        return ""
    before = sentence_before(told.telling.text, told.telling.parts, told.sentence)
    return before.text if before else ""


def _tells_place(plan: Happening, other: Happening) -> bool:
    """Whether a report of what somebody did that day names the place that was to be visited."""
    place = plan.row.place
    return place is not None and any(re.search(rf"\b{re.escape(place.name)}\b", t.telling.text) for t in other.told)


def _same_place(one: Happening, other: Happening) -> bool:
    return bool(one.row.place and other.row.place and one.row.place.name == other.row.place.name)


# ── over outlines ─────────────────────────────────────────────────────────────────────────────────────────────────


def planned(event: Happening) -> list[Planned]:
    """What an event commits to, by what is compared: what is announced, promised or threatened, and what is put off to another day."""
    return [
        Planned(
            families=plan.families | event.families,
            stems=plan.stems,
            who=event.who,
            place=next((told.compared.place for told in event.told if told.compared.place), None),
            first=plan.due.first.toordinal() if plan.due else None,
            last=plan.due.last.toordinal() if plan.due else None,
            announced=plan.announced.toordinal() if plan.announced else None,
        )
        for plan in (_plan(event), _put_to(event))
        if plan is not None
    ]


def may_decide(plan: Planned, day: int | None, told: Iterable[Compared], off: Iterable[frozenset[str]]) -> bool:
    """Whether a report may tell what became of a plan in another one.

    Args:
        plan: the plan.
        day: the ordinal of the other report's day.
        told: what it tells.
        off: what it calls off, as `called_off` gives it.
    """
    if plan.announced is not None and day is not None:
        if not 0 <= day - plan.announced <= (_REACH if plan.first is None else _FAR):
            return False
        late = plan.last is not None and day - plan.last > _STALE
        if not late and any(len(plan.stems & words) >= 2 and not plan.families.isdisjoint(words) for words in off):
            return True
    return any(_may_be_outcome(plan, one) for one in told if one.group in ("fact", "cancelled"))


def _may_be_outcome(plan: Planned, told: Compared) -> bool:
    gap = None
    if plan.first is not None and plan.last is not None and told.first is not None and told.last is not None:
        gap = max(told.first - plan.last, plan.first - told.last)
    found = told.families | ({f"type {told.type}"} if told.type else set())
    alike = not plan.families.isdisjoint(found)
    if told.group == "cancelled":
        return alike and (gap is None or gap <= 1) and len(plan.stems & told.stems) >= 2
    if told.first is None or told.last is None:
        return False
    shared = not plan.who.isdisjoint(told.who)
    likeness = overlap(plan.stems, told.stems)
    if plan.first is not None and plan.last is not None:
        if gap is None or gap > 1:
            return False
        exact = plan.last - plan.first < _EXACT
        if exact and gap <= 0 and len(plan.stems & told.stems) >= _WORDS and likeness >= _ROUGHLY:
            return not plan.families.isdisjoint(found | told.stems)
        place = plan.place is not None and told.place is not None and plan.place.same(told.place)
        return alike and (shared or likeness >= _ALIKE or place)
    if plan.announced is None or told.last < plan.announced or told.first - plan.announced > _REACH:
        return False
    return alike and likeness >= (_ALIKE if shared else 0.6)
