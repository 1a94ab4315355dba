"""Mentions to identities: which names, role phrases and spellings are one actor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.read.document import Document
from dateline.read.mentions import Mention, marks_of
from dateline.read.names import Gender, gender_of, is_title, same_person, same_surname, skeleton
from dateline.read.unlisted import Unlisted
from dateline.records import ActorKind

_ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,7}s?")
# What a company's full name has behind the name it is called by.
_CORPORATE = frozenset(
    [
        "inc",
        "corp",
        "corporation",
        "co",
        "company",
        "ltd",
        "limited",
        "plc",
        "llc",
        "gmbh",
        "ag",
        "sa",
        "nv",
        "group",
        "holdings",
        "holding",
        "computer",
        "computers",
        "international",
    ]
)
# A listed organisation goes by its full name up to so many words ("United Nations"), else as the text calls it ("NATO").
_SPOKEN = 3
_SMALL = frozenset({"of", "for", "and", "the", "in", "on", "to", "&"})
_TELLING_LENGTH = 5
"""Letters that a name's first word must have to stand for it."""
_SAME_ROLE = (
    frozenset(
        {"company", "firm", "operator", "corporation", "group", "conglomerate", "manufacturer", "producer", "carrier"}
    ),
    frozenset({"union", "federation", "confederation", "association", "guild", "syndicate"}),
    frozenset({"agency", "service", "office", "authority", "administration", "bureau"}),
    frozenset({"ministry", "department"}),
    frozenset({"army", "military", "forces"}),
)
"""What one organisation may be called by, whichever of them its name has."""
_SAME_OFFICE = (
    frozenset({"judge", "justice", "magistrate"}),
    frozenset({"chairman", "chairwoman", "chair", "chairperson"}),
    frozenset({"spokesman", "spokeswoman", "spokesperson"}),
    frozenset({"lawyer", "attorney", "barrister", "solicitor", "counsel", "advocate"}),
    frozenset({"lawmaker", "legislator", "senator", "congressman", "congresswoman", "representative", "deputy"}),
    frozenset({"doctor", "physician", "surgeon"}),
    frozenset({"journalist", "reporter", "correspondent"}),
    frozenset({"researcher", "scientist", "professor"}),
    frozenset(
        {"officer", "sergeant", "inspector", "constable", "captain", "lieutenant", "major", "colonel", "general"}
    ),
    frozenset({"cleric", "priest", "bishop", "archbishop", "pastor", "vicar", "imam", "rabbi"}),
    frozenset({"businessman", "businesswoman", "tycoon", "magnate", "billionaire", "entrepreneur"}),
)
"""What one person may be called by in turn."""
_EPITHETS = frozenset(
    {"retired", "former", "veteran", "outgoing", "ousted", "embattled", "disgraced", "jailed", "one-time", "onetime"}
)
"""What stands before a role by which somebody just named is called once more: "the retired schoolteacher"."""


@dataclass(eq=False)
class Identity:
    """One actor with its mentions in order. ``roles`` are (head noun, marks) pairs it was called by."""

    kind: ActorKind
    name: str
    mentions: list[Mention] = field(default_factory=list)
    gender: Gender | None = None
    roles: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    parts: tuple[str, ...] = ()
    canonical: str | None = None


def identities(document: Document, mentions: Sequence[Mention], unlisted: Unlisted) -> list[Identity]:
    """The identities over mentions in order of first mention."""
    maker = _Maker(document, unlisted)
    maker.persons([m for m in mentions if m.kind == "person" and m.name])
    maker.states([m for m in mentions if m.kind == "state"])
    maker.organisations([m for m in mentions if m.kind == "organisation" and m.name])
    maker.appositions()
    maker.phrases([m for m in mentions if m.kind != "state" and not m.name])
    for identity in maker.all:
        identity.mentions.sort(key=lambda m: m.start)
    return sorted(maker.all, key=lambda identity: identity.mentions[0].start)


class _Maker:
    def __init__(self, document: Document, unlisted: Unlisted) -> None:
        self.document = document
        self.unlisted = unlisted
        self.doc = document.doc
        self.all: list[Identity] = []

    def persons(self, mentions: Sequence[Mention]) -> None:
        """Full names first, then family or given names alone, each to the nearest fitting full name before it, else after."""
        for mention in sorted(mentions, key=lambda m: (-min(len(m.name), 2), m.start)):
            fitting = [i for i in self.all if i.kind == "person" and self._fits(i, mention)]
            known = min(fitting, key=lambda i: self._distance(i, mention), default=None)
            if known is None:
                known = Identity("person", " ".join(mention.name), parts=mention.name)
                self.all.append(known)
            elif len(mention.name) > len(known.parts):
                known.parts, known.name = mention.name, " ".join(mention.name)
            known.mentions.append(mention)
            known.gender = known.gender or gender_of(mention.label) or gender_of(" ".join([*mention.name, ""]))
            if mention.role:
                known.roles.add((mention.role, mention.marks))

    def _fits(self, identity: Identity, mention: Mention) -> bool:
        gender = gender_of(mention.label)
        if gender and identity.gender and gender != identity.gender:
            return False
        if same_person(identity.parts, mention.name):
            return True
        alone = mention.name
        return len(alone) == 1 and len(identity.parts) > 1 and skeleton(alone[0]) == skeleton(identity.parts[0])

    def _distance(self, identity: Identity, mention: Mention) -> tuple[int, int]:
        last = [m.start for m in identity.mentions if m.start < mention.start]
        whole = 0 if not identity.parts or same_surname(identity.parts[-1], mention.name[-1]) else 1
        return (whole, mention.start - max(last)) if last else (whole + 2, identity.mentions[0].start)

    def states(self, mentions: Sequence[Mention]) -> None:
        """One identity a state."""
        by_code: dict[str, Identity] = {}
        for mention in mentions:
            code = mention.state or mention.label
            if code not in by_code:
                by_code[code] = Identity("state", mention.label)
                self.all.append(by_code[code])
            by_code[code].mentions.append(mention)

    def organisations(self, mentions: Sequence[Mention]) -> None:
        """Names joined with their acronyms and with their shorter forms."""
        own: list[Identity] = []
        for mention in sorted(mentions, key=lambda m: (-len(m.name), m.start)):
            name = mention.label
            known = next((i for i in own if self._joins(i, mention)), None)
            if known is None:
                known = Identity("organisation", name, canonical=mention.canonical)
                if mention.canonical is not None and len(mention.canonical.split()) <= _SPOKEN:
                    known.name = mention.canonical
                own.append(known)
            elif _ACRONYM.fullmatch(known.name) and not _ACRONYM.fullmatch(name):
                known.name = name
            known.mentions.append(mention)
            if mention.role:
                known.roles.add((mention.role, mention.marks))
        self.all += own

    def _joins(self, identity: Identity, mention: Mention) -> bool:
        if identity.canonical is not None and mention.canonical is not None:
            return identity.canonical == mention.canonical
        return self._one_organisation(identity.name, mention.label) or self._short_for(identity, mention)

    def _short_for(self, identity: Identity, mention: Mention) -> bool:
        """Whether a single word is the first of a name that does not say what it is: "Marenco" for "Marenco Metals"."""
        long = identity.name.split()
        alone = (
            len(mention.name) == 1 and identity.canonical is None and mention.canonical is None and not identity.roles
        )
        return alone and 1 < len(long) <= 3 and mention.label == long[0] and len(mention.label) >= _TELLING_LENGTH

    def _one_organisation(self, one: str, other: str) -> bool:
        a, b = _key(one), _key(other)
        if a == b:
            return True
        long, short = (one, other) if len(one) >= len(other) else (other, one)
        if _ACRONYM.fullmatch(short) and len(long.split()) > 1:
            letters = short.replace(".", "").rstrip("s")
            words = long.replace("-", " ").split()
            return letters in (
                "".join(w[0] for w in words if w.lower() not in _SMALL).upper(),
                "".join(w[0] for w in words).upper(),
            )
        if len(a) < len(b):
            a, b = b, a
        tail = a[len(b) :]
        if not b or not tail:
            return False
        corporate = a[: len(b)] == b and all(word in _CORPORATE for word in tail)
        return corporate or (len(b) > 1 and a[-len(b) :] == b)

    def appositions(self) -> None:
        """Roles told after a name: "Ann Lee, the finance minister of X", "Ann Lee (head of the mission)"."""
        for identity in self.all:
            if identity.kind != "person":
                continue
            for mention in identity.mentions:
                for token in self.doc[mention.end : mention.end + 1]:
                    if token.text not in (",", "("):
                        continue
                    tail = []
                    for after in self.doc[token.i + 1 : token.i + 10]:
                        if (
                            after.pos_ in ("VERB", "AUX", "PRON", "SCONJ")
                            or after.is_space
                            or after.text in (",", ")", ".", ";")
                        ):
                            break
                        tail.append(after)
                    head = next((t for t in tail if is_title(t.text)), None)
                    if head is not None and not any(t.ent_type_ == "PERSON" for t in tail):
                        identity.roles.add((head.lemma_.lower(), marks_of(tail, head, self.unlisted)))

    def phrases(self, mentions: Sequence[Mention]) -> None:
        """Role-only phrases and groups: the nearest before that fits, else a new unnamed actor."""
        for mention in mentions:
            known = self._beside(mention) or self._meant(mention)
            if known is None and not mention.acts:
                continue
            if known is None:
                known = Identity(mention.kind, mention.label)
                self.all.append(known)
            known.mentions.append(mention)
            if mention.role:
                known.roles.add((mention.role, mention.marks))

    def _beside(self, mention: Mention) -> Identity | None:
        """Who is named in apposition to a phrase: "a spokesman for the army, Colonel Ann Lee", or the other way round."""
        if mention.kind not in ("person", "organisation"):
            return None
        for identity in self.all:
            if identity.kind != mention.kind or not (identity.parts or identity.mentions[0].name):
                continue
            for named in identity.mentions:
                first, second = (mention, named) if mention.start < named.start else (named, mention)
                between = self.doc[first.end : second.start]
                apart = len(between) == 1 and between[0].text in (",", "(", "–")
                if (apart or (not len(between) and not first.name)) and self._one_phrase(first, second):
                    return identity
        return None

    def _one_phrase(self, first: Mention, second: Mention) -> bool:
        head, other = self.doc[first.start : first.end].root, self.doc[second.start : second.end].root
        if other.dep_ == "appos" and other.head == head:
            return True
        after = self.doc[second.end : second.end + 2]
        return len(after) == 2 and after[0].text in (",", ")") and after[1].lower_ != "and" and head.dep_ != "conj"

    def _meant(self, mention: Mention) -> Identity | None:
        """Whom a phrase without a name means: a role told before it, with the same marks or more."""
        best: tuple[int, int, Identity] | None = None
        for identity in self.all:
            if identity.kind != mention.kind:
                continue
            starts = [m.start for m in identity.mentions]
            earlier = [s for s in starts if s < mention.start]
            for role, marks in identity.roles:
                if role != mention.role or not (mention.marks <= marks or (marks <= mention.marks and marks)):
                    continue
                if not mention.definite and mention.marks != marks:
                    continue
                if not earlier and not mention.marks:
                    continue
                distance = mention.start - max(earlier) if earlier else 100_000 + min(starts)
                rank = (0 if marks == mention.marks else 1, distance)
                if best is None or rank < best[:2]:
                    best = (*rank, identity)
        return (
            best[2] if best else self._called_otherwise(mention) or self._same_office(mention) or self._epithet(mention)
        )

    def _same_office(self, mention: Mention) -> Identity | None:
        """Whom "the judge" means after "Mr Justice Lomax": the one named last whose role is another word for it."""
        offices = next((group for group in _SAME_OFFICE if mention.role in group), None)
        if offices is None or not mention.definite or mention.marks or mention.kind != "person":
            return None
        fitting = [
            (max(earlier), identity)
            for identity in self.all
            if identity.kind == "person" and any(role in offices for role, _ in identity.roles)
            and (earlier := [m.start for m in identity.mentions if m.start < mention.start])
        ]  # fmt: skip
        return max(fitting, key=lambda row: row[0])[1] if fitting else None

    def _epithet(self, mention: Mention) -> Identity | None:
        """Whom "the retired schoolteacher" means where no such one was named: the only person named before it in the paragraph."""
        label = {word.lower() for word in mention.label.split()}
        if mention.kind != "person" or not mention.definite or not label & _EPITHETS:
            return None
        start = self.doc[mention.start].idx
        part = self.document.part_at(start)
        named = [
            identity
            for identity in self.all
            if identity.kind == "person" and identity.parts
            and any(m.start < mention.start and self.document.part_at(self.doc[m.start].idx) is part for m in identity.mentions)
        ]  # fmt: skip
        return named[0] if len(named) == 1 else None

    def _called_otherwise(self, mention: Mention) -> Identity | None:
        """The named organisation that a bare "the company" or "the union" means, though its name has another word for it or none.

        A company's name need not say that it is one: it is the one without any such word that was named most.
        """
        roles = next((group for group in _SAME_ROLE if mention.role in group), None)
        if roles is None or mention.kind != "organisation" or not mention.definite or mention.marks:
            return None
        named = [
            (identity, earlier)
            for identity in self.all
            if identity.kind == "organisation" and identity.canonical is None
            and (earlier := [m.start for m in identity.mentions if m.name and m.start < mention.start])
        ]  # fmt: skip
        fitting = [(max(earlier), i) for i, earlier in named if any(role in roles for role, _ in i.roles)]
        if fitting:
            return max(fitting, key=lambda pair: pair[0])[1]
        if roles is not _SAME_ROLE[0]:
            return None
        named = [(i, e) for i, e in named if not i.roles and not _ACRONYM.fullmatch(i.name)]
        bare = [(len(e), max(e), i) for i, e in named if any(self._acts(m) for m in i.mentions if m.start in e)]
        return max(bare, key=lambda row: row[:2])[2] if bare else None

    def _acts(self, mention: Mention) -> bool:
        """Whether a mention does or owns something, rather than only standing there ("(Reuters)", "told Reuters")."""
        root = self.doc[mention.start : mention.end].root
        return root.dep_ in ("nsubj", "nsubjpass", "poss", "agent") and self.doc[mention.start - 1].text != "("


def _key(name: str) -> tuple[str, ...]:
    return tuple(w for w in re.sub(r"[^\w\s]", "", name.lower()).split() if w != "the")
