"""The actors of some reports as the archive knows them: who each is, by which names these reports call it, in which roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from dateline.link import names
from dateline.records import ActorKind, Record


class Player(Record, frozen=True, array_like=True):
    """One actor of a report: its id there, the archive's name and id, its kind, the names it has by this report, its roles there.

    One that is only described ("a spokeswoman", "residents") is nobody beyond its report: it keeps its words and has no ``actor``.
    """

    local: str
    name: str
    actor: str | None
    kind: ActorKind
    names: list[str]
    roles: list[str]


class Players(Record, frozen=True, array_like=True):
    """The actors of a report; ``adjectives`` are those of states that no list knows which stand in it, with their states."""

    report: str
    players: list[Player]
    adjectives: dict[str, str]


class Cast:
    """The actors of some reports. What they are called elsewhere does not count."""

    def __init__(self, reports: Iterable[Players]) -> None:
        self.adjectives: dict[str, str] = {}
        self.roles: dict[str, list[str]] = defaultdict(list)
        """The roles of each actor, by id."""
        self._players: dict[tuple[str, str], Player] = {}
        self._by_id: dict[str, Player] = {}
        self._called: dict[str, str | None] = {}
        for report in reports:
            self.adjectives.update(report.adjectives)
            for player in report.players:
                self._players[report.report, player.local] = player
                if player.actor is not None:
                    self._by_id.setdefault(player.actor, player)
                    self.roles[player.actor] += player.roles
                    for name in (player.name, *player.names):
                        plain = names.plain(name)
                        one = self._called.get(plain, player.actor) == player.actor
                        self._called[plain] = player.actor if one else None

    @cached_property
    def states(self) -> frozenset[str]:
        """The plain names of all states told of."""
        return frozenset(
            names.plain(name)
            for player in self._players.values()
            if player.kind == "state" and player.actor
            for name in (player.name, *player.names)
        )

    def id_of(self, report: str, local: str | None) -> str | None:
        """The archive's id of a Reading's actor, None for one that is only described."""
        player = self._players.get((report, local)) if local is not None else None
        return player.actor if player else None

    def name_of(self, report: str, local: str | None) -> str | None:
        """The archive's name of a Reading's actor, its own words where it is only described."""
        player = self._players.get((report, local)) if local is not None else None
        return player.name if player else None

    def called(self, words: str) -> str | None:
        """The id of the one actor that goes by some words alone, None where none or several do."""
        return self._called.get(names.plain(words))

    def named(self, id: str) -> str:
        """The name of an archive-wide id."""
        return self._by_id[id].name
