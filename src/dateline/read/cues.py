"""Cues: the words that attribute ("said", "according to", "called on … to", "his claim that"), and what hangs on them.

A cue is known by its lemma and its frame, the way its content hangs on it. How often a lemma in a frame does attribute is
counted on annotated news (``training/cues.py``) and shipped as ``data/cues.json``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from spacy.tokens import Token

from dateline.read.names import words

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_CLAUSES = frozenset({"ccomp", "xcomp"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
_INHERITING = frozenset({"advcl", "xcomp", "ccomp", "conj", "acomp"})
_OBJECTS = frozenset({"dobj", "obj"})
_VERBAL = frozenset({"VERB", "AUX"})
_ACCORDING = frozenset({"according"})
_PASSIVES = frozenset({"passive:clause", "passive:object+to"})
_PLAINER = {"clause before": "clause", "aside": "clause before"}
_LOSS = 0.9  # what a judgement by a plainer frame is worth
_PEOPLE = ("PERSON", "NORP", "ORG")
_WONDERING = frozenset({"ask", "wonder", "inquire", "enquire"})
_TOLD = frozenset({"ask", "tell", "inform", "urge", "warn", "order", "advise", "remind", "notify", "assure"})
# Whose infinitive has the verb's own subject, though an object stands between: "rang her to say".
_SUBJECTS_OWN = frozenset(
    {"promise", "vow", "ring", "call", "phone", "telephone", "text", "email", "write", "contact", "visit", "approach"}
)
_QUOTING = frozenset({"quote", "cite"})
# "Is convinced that …": whose mind it is stands where the object of the verb would.
_MINDS = frozenset(
    {"convince", "persuade", "concern", "worry", "please", "delight", "alarm", "satisfy", "surprise", "disappoint"}
)
# Attributions that the counted articles have too few of, judged by hand.
_RARE = {("plead", "plea"): 0.9, ("put", "as"): 0.9}
# How a voice sounds: beside a quotation each of these says who speaks.
_VOICE = frozenset({
    "bellow", "blurt", "blurt out", "call out", "chant", "chime in", "chuckle", "cry", "cry out", "deadpan", "enthuse", "exclaim",
    "gasp", "groan", "growl", "grumble", "gush", "holler", "interject", "intone", "lament", "moan", "mumble", "murmur", "muse", "mutter",
    "retort", "rue", "scoff", "scream", "shout", "shout out", "shriek", "sigh", "snap", "sneer", "sob", "stammer", "thunder", "volunteer",
    "wail", "whisper", "yell",
})  # fmt: skip
_SOUNDS = 0.8
_WHEN = frozenset({"when", "if", "once", "as", "after"})
_DEMANDING = frozenset({"on", "upon", "for", "to", "with"})
_LEFT_OF_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})


@dataclass(frozen=True)
class Candidate:
    """A word that may be a cue, with the tokens that would be its source and its content.

    ``cue`` are the tokens of the cue, ``source`` the head of the source (None where none is told), ``content`` the heads
    and edges as token ranges (first and last index in the parse, both inside), ``addressee`` the head of whom it was said to.
    """

    head: Token
    lemma: str
    frame: str
    cue: tuple[int, ...]
    source: Token | None
    content: tuple[tuple[int, int], ...]
    addressee: Token | None = None


@cache
def _table() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = json.loads(files("dateline.data").joinpath("cues.json").read_text("utf-8"))
    return table


@lru_cache(maxsize=20_000)
def strength(lemma: str, frame: str) -> float:
    """How often a lemma in a frame attributes, between 0 and 1; 0 for an unknown one.

    A rare frame is judged by the plainer one that it is a case of ("pledged support in …" by "pledged support").
    """
    if (lemma, frame) in _RARE:
        return _RARE[lemma, frame]
    lemma = lemma if lemma in _lemmas() else _other_spelling(lemma)
    table = _table()
    if (known := table.get(frame, {}).get(lemma)) is not None:
        return known
    if frame == "direct" and lemma in _VOICE:
        return _SOUNDS
    plainer = frame.removeprefix("passive:") if frame in _PASSIVES else _PLAINER.get(frame, frame.partition("+")[0])
    return _LOSS * table.get(plainer, {}).get(lemma, 0.0) if plainer != frame else 0.0


@cache
def _lemmas() -> frozenset[str]:
    return frozenset(lemma for rows in _table().values() for lemma in rows)


def _other_spelling(lemma: str) -> str:
    """British to American: "criticise", "emphasise"."""
    return lemma[:-3] + "ize" if lemma.endswith("ise") else lemma


@cache
def _attributing(enough: float) -> frozenset[str]:
    """The lemmas, particles apart, that in some frame attribute at least so often; spelled as in the United States."""
    strong = {lemma for rows in _table().values() for lemma, share in rows.items() if share >= enough}
    return frozenset(lemma.partition(" ")[0] for lemma in strong | {lemma for lemma, _ in _RARE})


@lru_cache(maxsize=20_000)
def may_attribute(lemma: str, enough: float) -> bool:
    """Whether a lemma attributes at least so often in any frame, with any particle."""
    return lemma in _attributing(enough) or _other_spelling(lemma) in _attributing(enough)


def candidates(words: Iterable[Token]) -> Iterator[Candidate]:
    """All that may attribute among the words of a sentence, likely or not."""
    for token in words:
        if token.lower_ in _ACCORDING:
            yield from _according(token)
        elif token.pos_ in _VERBAL:
            yield from _verb(token)
        elif token.pos_ == "NOUN":
            yield from _noun(token)
        elif token.pos_ == "ADJ" and token.head.lemma_ == "be":
            yield from _adjective(token)


def subject_of(token: Token) -> Token | None:
    """The head of a verb's subject: its own, or the one it shares with the verb it hangs on."""
    for _ in range(6):
        for child in token.children:
            if child.dep_ in _SUBJECTS and child.dep_ != "expl":
                # "nations that oppose it": the nations; "who" stands for itself.
                return token.head if child.lower_ == "that" and token.dep_ == "relcl" else child
        if (
            token.tag_ in _FINITE_TAGS
            and token.i
            and token.nbor(-1).dep_ == "compound"
            and token.nbor(-1).head == token
        ):
            return token.nbor(-1)  # "local media report": taken for one noun
        if token.dep_ == "relcl":
            return token.head
        if (quoted := _quoted_as(token)) is not None:
            return quoted
        if token.dep_ == "acl":
            root = token.sent.root
            if token.tag_ in _FINITE_TAGS and root.pos_ in ("NOUN", "PROPN", "PRON"):
                return root  # a finite verb is no participle: the parse lost the sentence's subject
            if token.tag_ != "VBG" or _can_speak(token.head):
                return token.head
            token = _verb_above(token)
        elif token.dep_ == "pcomp":
            token = _verb_above(token)
        elif token.dep_ not in _INHERITING or token.head == token or (token.dep_ == "ccomp" and token.tag_ != "VBG"):
            return None
        else:
            governor = token.head
            if token.dep_ == "xcomp" and governor.lemma_ not in _SUBJECTS_OWN:
                for child in governor.children:
                    if child.dep_ in _OBJECTS:
                        return child
            if token.dep_ == "conj" and governor.pos_ not in _VERBAL:
                return None
            token = governor
    return None


def _quoted_as(saying: Token) -> Token | None:
    """Who speaks in "quoted Ann Lee as saying" and "Ann Lee was quoted as saying"."""
    quoting = saying.head.head
    if saying.dep_ != "pcomp" or saying.head.lower_ != "as" or quoting.lemma_.lower() not in _QUOTING:
        return None
    return next((c for c in quoting.children if c.dep_ in ("dobj", "nsubjpass")), None)


def _verb_above(token: Token) -> Token:
    above = token.head
    while above.pos_ not in _VERBAL and above.head != above:
        above = above.head
    return above


def _can_speak(noun: Token) -> bool:
    """Whether a noun is somebody: "residents saying", but not "a speech saying"."""
    lists = words()
    lemma = noun.lemma_.lower()
    return (
        noun.ent_type_ in _PEOPLE or lemma in lists.roles or noun.lower_ in lists.groups or lemma in lists.organisations
        or noun.pos_ == "PRON"
    )  # fmt: skip


def _verb(verb: Token) -> Iterator[Candidate]:
    """The frames of a verb."""
    children = list(verb.children)
    bare_participle = verb.tag_ == "VBN" and not any(c.dep_ in ("aux", "nsubj") for c in children)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in children) or (
        (bare_participle and verb.dep_ in ("advcl", "acl", "ROOT")) or _when_asked(verb)
    )
    agent = next((p for c in children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"), None)
    source = agent if passive or agent is not None else subject_of(verb)
    if source is None and passive and verb.lemma_.lower() in _MINDS:
        source = next((c for c in children if c.dep_ == "nsubjpass"), None)
    if source is not None and source.dep_ == "expl":
        source = None
    particle = next((c for c in children if c.dep_ == "prt"), None)
    lemma = verb.lemma_.lower() if particle is None else f"{verb.lemma_.lower()} {particle.lower_}"
    objects = [c for c in children if c.dep_ in (*_OBJECTS, "dative", "oprd") and c.i > verb.i]
    clauses = [c for c in children if (c.dep_ in _CLAUSES and not _set_apart(c, verb)) or _asked_whether(verb, c)]
    mark = "passive:" if passive else ""
    cue = tuple(
        sorted(
            t.i
            for t in [
                verb,
                *(c for c in children if c.dep_ in (*_LEFT_OF_VERB, "prt") and c.i < verb.i + 2 and c.tag_ != "WRB"),
            ]
        )
    )
    told = next((o for o in objects if o.dep_ in ("dative", "dobj")), None)
    if passive and lemma in _TOLD:
        told = next((c for c in children if c.dep_ == "nsubjpass"), None) or subject_of(verb)
    voice = mark if agent is None else ""  # with whoever it was by, a passive cue is as good as an active one
    for clause in clauses:
        infinitive = any(c.tag_ == "TO" and c.i < clause.i for c in clause.children)
        own_subject = any(c.dep_ in _SUBJECTS for c in clause.children)
        if clause.tag_ == "VBG" and not own_subject and clause.dep_ == "xcomp":
            yield Candidate(verb, lemma, voice + "ing", cue, source, _range(clause, verb))
        elif infinitive and not own_subject:
            if told is not None and told.i < clause.i:
                first = told.left_edge.i
                yield Candidate(verb, lemma, voice + "object+to", cue, source, ((first, _right(clause)),), told)
            elif (asked := _asked(verb, clause)) is not None:
                preposition, whom = asked
                content = ((preposition.i + 1, _right(clause)),)
                frame = f"{voice}{preposition.lower_}+to"
                yield Candidate(verb, lemma, frame, (*cue, preposition.i), source, content, whom)
            else:
                to = next(c for c in clause.children if c.tag_ == "TO")
                content = ((to.i + 1, _condition(verb, _right(clause))),)
                yield Candidate(verb, lemma, voice + "to", (*cue, to.i), source, content)
        elif infinitive or (clause.tag_ == "VB" and own_subject and clause.i > verb.i and not _finite(clause)):
            yield Candidate(verb, lemma, voice + "object+to", cue, source, _range(clause, verb))
        else:
            frame = "clause" if clause.i > verb.i else "clause before"
            yield Candidate(
                verb,
                lemma,
                voice + frame,
                cue,
                source,
                _range(clause, verb),
                told if told is not None and (passive or told.i < clause.i) else None,
            )
    if not clauses and not objects and (tail := _tail(verb)) is not None:
        yield Candidate(verb, lemma, "clause before", cue, tail[0], tail[1])
    elif not clauses:
        yield from _without_clause(verb, lemma, mark, cue, source, objects)
    plea = next((c for c in children if c.dep_ == "acomp" and c.i > verb.i), None)
    if plea is not None:
        yield Candidate(verb, lemma, "plea", cue, source, ((plea.left_edge.i, _right(plea)),))
    if verb.dep_ in ("parataxis", "advcl", "ccomp") and not clauses:
        yield from _aside(verb, lemma, mark, cue, source)


def _tail(verb: Token) -> tuple[Token, tuple[tuple[int, int], ...]] | None:
    """The source and content of a cue that ends its sentence, "The toll rose, the ministry said", where the parse went wrong."""
    sentence = verb.sent
    commas = [t for t in verb.doc[sentence.start : verb.i] if t.text == ","]
    if len(commas) > 2 and commas[-1].i == verb.i - 1:
        commas = commas[:-2]  # "…, its driver, Ann Lee, said": past the name in apposition
    comma = commas[-1] if commas else None
    if comma is None or comma.i == verb.i - 1 or any(t.pos_ in _VERBAL for t in verb.doc[verb.i + 1 : sentence.end]):
        return None
    phrase = verb.doc[comma.i + 1 : verb.i]
    before = verb.doc[sentence.start : comma.i]
    told = any(t.tag_ in _FINITE_TAGS or t.tag_ == "MD" for t in before)
    if not told or any(t.pos_ in _VERBAL or t.pos_ == "SCONJ" for t in phrase) or phrase.root.pos_ not in _NOMINAL:
        return None
    return phrase.root, ((sentence.start, comma.i - 1),)


def _asked_whether(verb: Token, clause: Token) -> bool:
    """Whether an "if" clause is what was asked, not a condition."""
    if clause.dep_ != "advcl" or verb.lemma_.lower() not in _WONDERING or clause.i < verb.i:
        return False
    return any(c.dep_ == "mark" and c.lower_ == "if" for c in clause.children)


def _of_time(preposition: Token) -> bool:
    return any(c.ent_type_ in ("DATE", "TIME") for c in preposition.children)


def _condition(verb: Token, last: int) -> int:
    """The end of a condition that hangs on the cue after its content: "threatened to close it if they come"."""
    for child in verb.children:
        conditional = any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in child.children)
        if child.dep_ == "advcl" and conditional and child.left_edge.i in (last + 1, last + 2):
            return _right(child)
    return last


def _set_apart(clause: Token, verb: Token) -> bool:
    """Whether a semicolon stands between a clause and a verb after it: two sentences in one, no content."""
    return clause.i < verb.i and any(t.text == ";" for t in verb.doc[clause.i : verb.i])


def _when_asked(verb: Token) -> bool:
    """ "When asked about it": a participle without its subject and "was"."""
    if verb.dep_ != "advcl" or verb.tag_ not in ("VBN", "VBD"):
        return False
    return verb.left_edge.lower_ in _WHEN and not any(c.dep_ in _SUBJECTS for c in verb.children)


def _asked(verb: Token, clause: Token) -> tuple[Token, Token] | None:
    """The preposition and whom it asks in "called on X to …", "appealed to X to …"."""
    for child in verb.children:
        if child.dep_ == "prep" and verb.i < child.i < clause.i and child.lower_ in _DEMANDING:
            for whom in child.children:
                if whom.dep_ == "pobj" and whom.ent_type_ not in ("DATE", "TIME"):
                    return child, whom
    return None


def _finite(clause: Token) -> bool:
    return any(c.tag_ in ("MD", "VBZ", "VBP", "VBD") for c in clause.children)


def _without_clause(
    verb: Token, lemma: str, mark: str, cue: tuple[int, ...], source: Token | None, objects: list[Token]
) -> Iterator[Candidate]:
    """The frames of a verb that governs no clause: an object, a preposition, or both."""
    prepositions = [c for c in verb.children if c.dep_ == "prep" and c.i > verb.i and not _of_time(c)]
    aim = next((c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VB" and c.i > verb.i), None)
    if not objects and not prepositions and aim is not None:
        to = next((c for c in aim.children if c.tag_ == "TO" and c.i < aim.i), None)
        if (
            to is not None
        ):  # "threatened on Thursday to close it": the day made the parse take the content for a purpose
            content = ((to.i + 1, _condition(verb, _right(aim))),)
            yield Candidate(verb, lemma, mark + "to", (*cue, to.i), source, content)
    elif not objects and not prepositions:
        yield Candidate(verb, lemma, mark + "bare", cue, source, ())
    elif objects:
        thing = objects[-1]
        named = thing.dep_ == "oprd" and len(objects) > 1
        first = min(o.left_edge.i for o in (objects if named else [thing]))
        if named:
            yield Candidate(verb, lemma, mark + "predicate", cue, source, ((first, _right(thing)),))
            return
        linked = next((p for p in prepositions if p.i > thing.i and p.i == _right(thing) + 1), None)
        to = next((c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VB" and c.i > thing.i), None)
        judged = next((p for p in prepositions if p.lower_ == "as" and p.i > _right(thing) + 1), None)
        if linked is not None:
            yield Candidate(verb, lemma, f"{mark}object+{linked.lower_}", cue, source, ((first, _right(linked)),))
        elif judged is not None:  # "rejected her remarks on Tuesday as “a lecture”"
            judgement = ((first, _right(thing)), (judged.i, _right(judged)))
            yield Candidate(verb, lemma, mark + "object+as", cue, source, judgement)
        elif to is not None:
            yield Candidate(verb, lemma, mark + "object+to", cue, source, ((first, _right(to)),), thing)
        else:
            yield Candidate(verb, lemma, mark + "object", cue, source, ((first, _right(thing)),))
    elif prepositions:
        preposition = prepositions[0]
        inside = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
        to = next((c for c in verb.children if c.dep_ == "advcl" and c.tag_ == "VB" and c.i > preposition.i), None)
        linked_cue = (*cue, preposition.i)
        if inside is not None and to is not None and preposition.lower_ in _DEMANDING:
            content = ((preposition.i + 1, _right(to)),)
            yield Candidate(verb, lemma, f"{mark}{preposition.lower_}+to", linked_cue, source, content, inside)
        elif inside is not None:
            content = ((preposition.i + 1, _right(preposition)),)
            yield Candidate(verb, lemma, mark + preposition.lower_, linked_cue, source, content)


def _aside(verb: Token, lemma: str, mark: str, cue: tuple[int, ...], source: Token | None) -> Iterator[Candidate]:
    """A cue set into or after its content: "the race, the campaign said, may go on", "as she put it"."""
    governor = verb.head
    while governor.pos_ not in _VERBAL and governor.head != governor:
        governor = governor.head
    if governor.pos_ not in _VERBAL:
        return
    own = {t.i for t in verb.subtree}
    as_ = any(c.dep_ in ("mark", "advmod") and c.lower_ == "as" for c in verb.children)
    if verb.dep_ != "parataxis" and not as_:
        return
    yield Candidate(verb, lemma, mark + ("as" if as_ else "aside"), cue, source, _ranges(governor, own))


def _noun(noun: Token) -> Iterator[Candidate]:
    """The frames of a noun: "his claim that …", "the plan to …", "criticism of …"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    by = next((p for c in noun.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"), None)
    source = owner if owner is not None else by
    lemma = noun.lemma_.lower()
    plural = next((c for c in noun.children if c.tag_ in ("NNS", "NNPS") and c.i == noun.i - 1), None)
    for child in noun.children:
        if child.i < noun.i:
            continue
        if plural is not None and noun.dep_ == "ROOT" and child.dep_ in ("acl", "ccomp") and noun.tag_ == "NN":
            # "Local media report that …": the parse took the verb for a noun.
            yield Candidate(noun, lemma, "clause", (noun.i,), plural, _range(child, noun))
        elif child.dep_ in ("acl", "ccomp", "relcl"):
            that = any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in child.children)
            to = next((c for c in child.children if c.tag_ == "TO" and c.i < child.i), None)
            if that:
                yield Candidate(noun, lemma, "noun:clause", (noun.i,), source, _range(child, noun))
            elif to is not None:
                yield Candidate(noun, lemma, "noun:to", (noun.i, to.i), source, _range(child, noun, after=to.i))
        elif child.dep_ == "prep" and child.lower_ != "by" and any(True for _ in child.children):
            yield Candidate(
                noun, lemma, "noun:" + child.lower_, (noun.i, child.i), source, ((child.i + 1, _right(child)),)
            )


def _adjective(adjective: Token) -> Iterator[Candidate]:
    """The frames of an adjective after "be": "is confident that …", "was willing to …"."""
    source = subject_of(adjective.head)
    lemma = adjective.lemma_.lower()
    for child in adjective.children:
        if child.i < adjective.i:
            continue
        cue = (adjective.head.i, adjective.i)
        if child.dep_ in ("ccomp", "xcomp"):
            to = next((c for c in child.children if c.tag_ == "TO" and c.i < child.i), None)
            if to is not None:
                yield Candidate(
                    adjective, lemma, "adjective:to", (*cue, to.i), source, _range(child, adjective, after=to.i)
                )
            else:
                yield Candidate(adjective, lemma, "adjective:clause", cue, source, _range(child, adjective))
        elif child.dep_ == "prep" and any(True for _ in child.children):
            yield Candidate(
                adjective, lemma, "adjective:" + child.lower_, (*cue, child.i), source, ((child.i + 1, _right(child)),)
            )


def _according(token: Token) -> Iterator[Candidate]:
    """ "According to X, …": the content is the rest of the clause it hangs on."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None:
        return
    source = next((c for c in to.children if c.dep_ == "pobj"), None)
    governor = token.head
    if source is None or governor == token:
        return
    while governor.pos_ not in _VERBAL and governor.dep_ != "ROOT":
        governor = governor.head
    own = {t.i for t in token.subtree}
    yield Candidate(token, "according", "according", (token.i, to.i), source, _ranges(governor, own))


def _right(token: Token) -> int:
    return int(token.right_edge.i)


def _range(clause: Token, cue: Token, after: int | None = None) -> tuple[tuple[int, int], ...]:
    """The token ranges of a clause's subtree, without the cue's own clause where that stands inside it."""
    if after is not None:
        return ((after + 1, _right(clause)),)
    own = {t.i for t in cue.subtree} - {t.i for t in clause.subtree}
    return _ranges(clause, own)


def _ranges(head: Token, without: set[int]) -> tuple[tuple[int, int], ...]:
    """The runs of a subtree's tokens once some are taken out."""
    runs: list[list[int]] = []
    for i in sorted(t.i for t in head.subtree if t.i not in without):
        if (
            runs
            and all(j in without or head.doc[j].is_punct or head.doc[j].is_space for j in range(runs[-1][1] + 1, i))
            and i == runs[-1][1] + 1
        ):
            runs[-1][1] = i
        else:
            runs.append([i, i])
    kept = [
        (a, b) for a, b in runs if any(not head.doc[j].is_punct and not head.doc[j].is_space for j in range(a, b + 1))
    ]
    return tuple(kept)
