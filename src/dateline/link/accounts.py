"""Accounts: what two sides say of one matter, where neither is told as a denial of the other and both cannot be so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from itertools import pairwise

from dateline.link.claims import MATTERS, NOT, Claim, Claims, by_statement, dispute, next_to, opposed, overlapping
from dateline.link.opposites import contrary, opposite
from dateline.link.words import content, overlap, stem, words
from dateline.records import Dispute

CONTESTED = re.compile(r"\b(?:disput\w+|disagree\w*|contradict\w+|conflicting|matter of opinion)\b", re.IGNORECASE)
"""Words that call a matter disputed."""

# Kinds of happening that one side may be accused of.
_DEEDS = frozenset(
    f"kind {kind}" for kind in ("attack", "gunfire", "death", "blast", "seizure", "arrest", "deployment", "sinking")
)
_AHEAD = re.compile(
    r"\b(?:will|would|threaten\w*|promis\w+|plan(?:s|ned)|urg\w+|call(?:s|ed) (?:on|for))\b", re.IGNORECASE
)
# "Mr Berg disagreed." between what another said and what Mr Berg says.
_DISAGREES = re.compile(
    r"\b(?:disagree[sd]?|contradict(?:s|ed) (?:him|her|them|it|this|that)|begs? to differ|begged to differ"
    r"|(?:sees|saw|tells?|told|remembers?|remembered) it (?:quite |very |rather )?(?:differently|another way)"
    r"|(?:gives?|gave|tells?|told|offers?|offered|has|had) (?:a|quite a|a very) (?:different|other) (?:account|version|story)"
    r"|(?:gives?|gave|tells?|told|offers?|offered|has|had) another (?:account|version|story))\b[^.]{0,40}\.",
    re.IGNORECASE,
)
# "No customer had complained." "The largest had done so."
_DID_SO = re.compile(
    r"\b(?:done|did|does|do|said|been|was|were) (?:just |exactly )?(?:so|just that|exactly that)\b", re.IGNORECASE
)
# "No offer was made." "The union insists that one was."
_IT_WAS = re.compile(
    r"(?:that )?(?:one|some|it|they|he|she|we|i|there|this|that) (?:was|were|is|are|had|has|have|did|does|do|would|will)(?: one| some)?(?: indeed| too)?(?:\W*$|,)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"[\"“‘']*(?:that )?[\"“‘']*(?:(?:it|they|he|she)\b|(?:this|that|these|those) (?:is|was|were|are|had|has|have|did|would|will)\b)",
    re.IGNORECASE,
)
# What is not to be is not denied: "not to take a raise", "would not vote".
_NOT_SO_FAR = re.compile(
    r"\b(?:not to|to not|never to|(?:would|will|shall) (?:not|never)|won['’]t|wouldn['’]t|not going to)\b",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    rf"[\"“‘']*(?:that )?(?:there (?:is|are|was|were|has been|have been|had been) )?[\"“‘']*{NOT.pattern}",
    re.IGNORECASE,
)
# Who began.
_BEGAN = re.compile(
    r"\b(?:without (?:any )?(?:warning|provocation|reason)|unprovoked|provoked|opened fire|started it|began it"
    r"|(?:threw|fired|shot|attacked|struck|hit|charged|moved|came)\b[^.;]{0,40}\bfirst"
    r"|(?:was|were) (?:the )?first to|first (?:shot|shots|stone|stones|blow))\b",
    re.IGNORECASE,
)
# What brought a thing about: somebody's will, or nobody's.
_CAUSES = {
    "will": re.compile(
        r"\b(?:arson\w*|sabotage\w*|deliberate\w*|on purpose|set (?:on fire|alight|ablaze)|bomb(?:s|ed|ing)?|shell(?:s|ed|ing)?"
        r"|shot down|missiles?|rockets?|drones?|explosive device|torpedo\w*|murder\w*)\b",
        re.IGNORECASE,
    ),
    "chance": re.compile(
        r"\b(?:short[- ]circuit|electrical (?:fault|failure)|faulty wiring|gas leak|accident(?:al|ally)?|lightning|malfunction\w*"
        r"|technical (?:fault|failure|defect)|mechanical (?:fault|failure)|engine failure|pilot error|negligence|misfire[sd]?|suicide"
        r"|natural causes|heart attack)\b",
        re.IGNORECASE,
    ),
}
# What a cause may be of.
_HAPPENED = frozenset(f"kind {kind}" for kind in ("blaze", "blast", "death", "sinking", "collapse", "injury", "attack"))
_PRONOUNS = frozenset({"he", "she", "it", "they"})
_BETWEEN = 160  # characters that a sentence of disagreement may take
_SHORT_FORMS = 2  # full stops in its names ("Mr.", "J.")
_SOON = 6  # words in which a statement that says no says it
_SAME = 0.8  # from which overlap on two claims say the same


def contradictions(claims: Claims, denied: Set[tuple[str, int]], states: Set[str]) -> Iterable[Dispute]:
    """Statements of two speakers near each other in one report that cannot both be so.

    One says that there is not what the other speaks of, in the same words, or under a sentence that calls the matter disputed, or
    accused of it; or the second is said to disagree; or each says that the other began; or one gives a cause that somebody willed,
    the other one that nobody did. ``denied`` are the places of claims whose denial is already found, ``states`` the plain names of
    states.
    """
    for report in claims.by_report.values():
        told = [claim for claim in report if claim.row is not None]
        spoken = [c for c in told if not c.denial and (c.telling.report, c.shown.start) not in denied]
        settled: set[int] = set()
        outer = by_statement(told)
        for i, two in enumerate(told):
            for one in reversed(told[max(0, i - 3) : i]):
                known = {(c.telling.report, c.shown.start) for c in (one, two)} <= denied
                if not known and (disagreeing := _disagreeing(claims, one, two)) is not None:
                    settled.add(id(two))
                    yield dispute([one, disagreeing])
                    break
        for no, yes in pairwise(claim for claim in told if not claim.denial):
            if next_to(no, yes) and no.negative and not yes.negative and _did_so(yes) and _two_voices(no, yes):
                settled.add(id(no))
                yield dispute([yes, no])
        for i, one in enumerate(spoken):
            gap = -1
            for two in spoken[i + 1 : i + 4]:
                gap += two.row is None or two.row.parent is None
                if not _two_voices(one, two) or overlapping(one, two) or _told_by(one, two, outer):
                    continue
                no, yes = (one, two) if one.negative else (two, one)
                if id(no) in settled:
                    continue
                if (one.negative != two.negative and _gainsays(no, yes, gap, states)) or (
                    gap <= 1
                    and opposed(one, two)
                    and (_both_began(one, two) or _causes_differ(one, two) or (gap <= 0 and _opposites(one, two)))
                ):
                    settled.add(id(no))
                    yield dispute([yes, no])


def _gainsays(no: Claim, yes: Claim, gap: int, states: Set[str]) -> bool:
    """Whether a speaker says that there is not what another speaks of, ``gap`` statements standing between them."""
    shared = no.about & yes.about
    if gap <= 0:
        first = min(no, yes, key=lambda claim: claim.start)
        denied, told = _words(no), _words(yes)
        # "the siren had not sounded" / "it had sounded at two": the pronoun is a word in common.
        more = int(_takes_up(first, max(no, yes, key=lambda claim: claim.start), no, yes))
        enough = _denies_a_thing(no) or (
            len(denied & told) + more >= 2 if len(denied) > 1 else _after_no(no) and bool(denied & told)
        )
        same = len(no.about) <= 16 and enough and _says_no_soon(no) and overlap(denied, told) >= 0.5
        if same or (shared and _contested(first)):
            return True
    return bool(no.side & yes.names & states) and bool(shared & _DEEDS) and not _AHEAD.search(yes.shown.text)


def _did_so(claim: Claim) -> bool:
    """Whether a claim affirms what was said to be not so, without naming it: "had done so", "that one was", "that they did"."""
    return bool(_DID_SO.search(claim.shown.text)) or (claim.row is not None and bool(_IT_WAS.match(claim.row.text)))


def _disagreeing(claims: Claims, one: Claim, two: Claim) -> Claim | None:
    """The second claim where the sentence between it and the first says that its speaker disagrees, in that speaker's name."""
    text = one.telling.text
    between = text[one.shown.end : two.shown.start]
    verb = _DISAGREES.search(between) if len(between) <= _BETWEEN else None
    if (
        one.by is None
        or verb is None
        or between[: verb.start()].count(".") > _SHORT_FORMS
        or between[verb.end() :].strip()
    ):
        return None
    named = claims.spoken_by(two, one.shown.end, one.shown.end + verb.start())
    pronoun = two.source is not None and two.source.text.lower() in _PRONOUNS
    if not (pronoun or named.by == two.by) or not opposed(one, named):
        return None
    return named


def _both_began(one: Claim, two: Claim) -> bool:
    """Whether each of two claims says who began, and they do not say the same."""
    began = [_BEGAN.search(claim.shown.text) for claim in (one, two)]
    return all(began) and overlap(_stems(one), _stems(two)) < _SAME


def _causes_differ(one: Claim, two: Claim) -> bool:
    """Whether one claim of a happening gives a cause that somebody willed and the other only one that nobody did."""
    causes = [{name for name, called in _CAUSES.items() if called.search(c.shown.text)} for c in (one, two)]
    return sorted(map(sorted, causes)) == [["chance"], ["will"]] and bool((one.about | two.about) & _HAPPENED)


def _takes_up(first: Claim, second: Claim, no: Claim, yes: Claim) -> bool:
    """Whether the second of two claims, in the next sentence, has a pronoun for what the first is of, and says or denies the same of it."""
    if no.row is None or second.row is None or first.telling.text[first.shown.end : second.shown.start].strip():
        return False
    said = NOT.search(no.row.text)
    after = [stem(word) for word in words(no.row.text[said.end() :])] if said else []
    denied = next((word for word in after if word in no.about), None)
    return first.shown.end <= second.shown.start and denied in yes.about and bool(_PRONOUN.match(second.row.text))


def _two_voices(one: Claim, two: Claim) -> bool:
    """Whether two claims are of two speakers; one that is only "they" is another than who is not."""
    if one.by is None or two.by is None:
        sources = [claim.source.text.lower() if claim.source else "" for claim in (one, two)]
        return (one.by or two.by) is not None and two.by is None and sources[1] == "they" != sources[0]
    return one.by != two.by


def _told_by(one: Claim, two: Claim, outer: Mapping[str, Claim]) -> bool:
    """Whether one of two claims is what the other's speaker tells that it said."""
    around = [outer.get(claim.row.parent) if claim.row and claim.row.parent else None for claim in (one, two)]
    return any(teller is not None and teller.by == claim.by for teller, claim in zip(around, (two, one), strict=True))


def _opposites(one: Claim, two: Claim) -> bool:
    """Whether two claims in a row say of one thing what cannot both be so."""
    if one.row is None or two.row is None or one.negative != two.negative:
        return False
    if contrary(two.row.text):
        return True
    of_one = _PRONOUN.match(two.row.text) or _stems(one) & _stems(two)
    return bool(of_one) and opposite(one.row.text, two.row.text)


def _denies_a_thing(claim: Claim) -> bool:
    """Whether it says from the first word that there is or was no such thing: "Not one gun has moved", "there was no deal"."""
    return claim.row is not None and _NO_THING.match(claim.row.text) is not None


def _after_no(claim: Claim) -> bool:
    """Whether what a claim is about stands behind its no: "he had not lied", but "the strike was not over"."""
    found = NOT.search(claim.row.text) if claim.row else None
    return found is not None and claim.row is not None and bool(content(claim.row.text[found.end() :]))


def _says_no_soon(claim: Claim) -> bool:
    """Whether a statement says no near its beginning, of the whole and not of some aside."""
    if claim.row is None or _NOT_SO_FAR.search(claim.row.text):
        return False
    return NOT.search(" ".join(claim.row.text.split()[:_SOON])) is not None


def _stems(claim: Claim) -> frozenset[str]:
    """What a claim is about, by its own words alone."""
    return frozenset(stem for stem in claim.about if not stem.startswith("kind "))


def _words(claim: Claim) -> frozenset[str]:
    """What a claim is about, by its own words and the matters they name."""
    return frozenset(word for word in claim.about if not word.startswith("kind ") or word[5:] in MATTERS)


def _contested(claim: Claim) -> re.Match[str] | None:
    """A sentence shortly before a claim that calls the matter disputed."""
    return CONTESTED.search(claim.telling.text, max(0, claim.shown.start - 160), claim.shown.start)
