"""Circles: the reports of a larger archive that are linked together.

Reports that are tied, and those tied to these, are one circle, so nothing that one circle tells is told in another. An archive of up
to `FEW` reports is one circle. Where more than `MOST` reports hang together, the strongest ties are followed first and those left out
that would make a circle larger; what is told over such a tie stays apart. All of this depends on the reports and their ties alone, not
on the order in which they came, and a report that comes changes no circle but those that it is tied to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

FEW = 200
"""Reports that are one circle whatever they tell."""

MOST = 300
"""Reports in a circle of a larger archive at most."""

Pair = tuple[str, str]


def circles(
    reports: Collection[str], ties: Mapping[Pair, float], bound: Iterable[Sequence[str]] = ()
) -> list[list[str]]:
    """The circles of some reports, each and all in order of their ids.

    Args:
        reports: their ids.
        ties: how strongly reports are tied, those that are. Of few reports they are not asked for.
        bound: reports that stay together whatever they tell, because a person said something on them.
    """
    if len(reports) <= FEW:
        return [sorted(reports)] if reports else []
    firm = [
        (known[0], other)
        for together in bound
        for known in [[id for id in together if id in reports]]
        for other in known[1:]
    ]
    loose = [pair for pair in ties if pair[0] in reports and pair[1] in reports]
    hanging = _groups(reports, [*firm, *loose])
    large = {id for group in hanging if len(group) > MOST for id in group}
    strongest = sorted((pair for pair in loose if pair[0] in large), key=lambda pair: (-ties[pair], pair))
    return sorted(
        [group for group in hanging if len(group) <= MOST]
        + _groups(large, [pair for pair in firm if pair[0] in large], strongest)
    )


def cut(circles: Iterable[Sequence[str]], ties: Iterable[Pair]) -> int:
    """How many ties go from one circle into another."""
    home = {id: n for n, circle in enumerate(circles) for id in circle}
    return sum(home[one] != home[other] for one, other in ties if one in home and other in home)


def _groups(reports: Collection[str], firm: Iterable[Pair], loose: Iterable[Pair] = ()) -> list[list[str]]:
    """What hangs together by firm pairs; and by loose ones, one after the other, as long as that makes no more than `MOST`."""
    home = {id: id for id in reports}
    size = dict.fromkeys(home, 1)

    def of(id: str) -> str:
        while home[id] != id:
            home[id] = home[home[id]]
            id = home[id]
        return id

    for pairs, most in ((firm, len(home)), (loose, MOST)):
        for pair in pairs:
            one, other = of(pair[0]), of(pair[1])
            if one != other and size[one] + size[other] <= most:
                home[max(one, other)] = min(one, other)
                size[min(one, other)] += size[max(one, other)]
    groups: dict[str, list[str]] = defaultdict(list)
    for id in sorted(home):
        groups[of(id)].append(id)
    return list(groups.values())
