from __future__ import annotations

from dateline.records import Actor, Telling
from tests.link.build import Build, cast_of, identified


def _one(tellings: list[Telling], name: str) -> Actor:
    (found,) = [actor for actor in identified(tellings).actors if name in {n.name for n in actor.names}]
    return found


def test_spellings_of_one_name_are_one_person() -> None:
    tellings = []
    for i, name in enumerate(["Ilya Marchenko", "Ilia Martchenko", "Ilya Marchenko"]):
        build = Build(f"r{i}", f"{name} spoke at length.")
        build.actor(name)
        tellings.append(build.done())
    actor = _one(tellings, "Ilya Marchenko")
    assert {(n.name, n.reason) for n in actor.names} == {
        ("Ilya Marchenko", "same name"),
        ("Ilia Martchenko", "spelling"),
    }


def test_one_surname_with_two_given_names_is_two_people() -> None:
    tellings = []
    for i, name in enumerate(["Anna Berg", "Oskar Berg"]):
        build = Build(f"r{i}", f"{name} spoke in Norway.")
        build.actor(name)
        build.actor("Norway", "state")
        tellings.append(build.done())
    assert {actor.name for actor in identified(tellings).actors} == {"Anna Berg", "Oskar Berg", "Norway"}


def test_a_surname_alone_is_joined_only_where_one_person_of_it_is_known() -> None:
    full = Build("r1", "Anna Berg spoke in Norway.")
    full.actor("Anna Berg")
    full.actor("Norway", "state")
    short = Build("r2", "Berg left Norway.")
    short.actor("Berg")
    short.actor("Norway", "state")
    assert {a.name for a in identified([full.done(), short.done()]).actors} == {"Anna Berg", "Norway"}
    other = Build("r3", "Oskar Berg spoke in Norway.")
    other.actor("Oskar Berg")
    other.actor("Norway", "state")
    assert {a.name for a in identified([full.done(), short.done(), other.done()]).actors} == {
        "Anna Berg",
        "Oskar Berg",
        "Berg",
        "Norway",
    }


def test_roles_have_the_days_on_which_reports_use_them() -> None:
    first = Build("r1", "Norwegian Fisheries Minister Anna Berg spoke.", "2024-01-03")
    first.actor("Anna Berg", "person", "Norwegian Fisheries Minister Anna Berg")
    last = Build("r2", "Anna Berg, the Norwegian fisheries minister, spoke.", "2024-03-09")
    last.actor("Anna Berg")
    (role,) = _one([first.done(), last.done()], "Anna Berg").roles
    assert (role.role.lower(), role.from_, role.to) == ("norwegian fisheries minister", "2024-01-03", "2024-03-09")


def test_a_role_alone_is_who_holds_it_then() -> None:
    named = Build("r1", "Norwegian Fisheries Minister Anna Berg spoke.", "2024-01-03")
    named.actor("Anna Berg", "person", "Norwegian Fisheries Minister Anna Berg")
    alone = Build("r2", "The Norwegian fisheries minister left.", "2024-01-05")
    local = alone.actor("Norwegian fisheries minister", "person", "The Norwegian fisheries minister")
    late = Build("r3", "The Norwegian fisheries minister left.", "2027-01-05")
    late_local = late.actor("Norwegian fisheries minister", "person", "The Norwegian fisheries minister")
    found = cast_of([named.done(), alone.done(), late.done()])
    assert found.name_of("r2", local) == "Anna Berg"
    assert found.name_of("r3", late_local) == "Norwegian fisheries minister"
    assert found.id_of("r3", late_local) is None


def test_a_capital_stands_for_its_state_by_list() -> None:
    one = Build("r1", "Oslo denied it.")
    one.actor("Oslo", "state")
    two = Build("r2", "Norway denied it.")
    two.actor("Norway", "state")
    assert ("Oslo", "capital of") in {(n.name, n.reason) for n in _one([one.done(), two.done()], "Norway").names}


def test_a_capital_that_no_list_knows_is_learned() -> None:
    one = Build("r1", "Velmar denied it. In Ostrand, the Velmarian capital, crowds met.")
    one.actor("Velmar", "state")
    two = Build("r2", "Ostrand denied it.")
    two.actor("Ostrand", "organisation")
    actor = _one([one.done(), two.done()], "Velmar")
    assert ("Ostrand", "capital of") in {(n.name, n.reason) for n in actor.names}
    assert actor.kind == "state"


def test_an_acronym_is_what_reports_say_it_is() -> None:
    one = Build("r1", "The River Border Commission (RBC) met.")
    one.actor("River Border Commission", "organisation")
    two = Build("r2", "RBC observers left.")
    two.actor("RBC", "organisation")
    actor = _one([one.done(), two.done()], "River Border Commission")
    assert ("RBC", "acronym") in {(n.name, n.reason) for n in actor.names}
    rival = Build("r3", "The Royal Bank of Cork (RBC) closed.")
    rival.actor("Royal Bank of Cork", "organisation")
    assert len(identified([one.done(), two.done(), rival.done()]).actors) == 3


def test_word_order_and_spelling_of_a_body_do_not_matter() -> None:
    one = Build("r1", "The Norwegian Ministry of Defence spoke.")
    one.actor("Norwegian Ministry of Defence", "organisation")
    two = Build("r2", "Norway’s Defense Ministry spoke.")
    two.actor("Norway’s Defense Ministry", "organisation")
    assert len(identified([one.done(), two.done()]).actors) == 1


def test_who_is_only_described_is_nobody_beyond_the_report() -> None:
    one = Build("r1", "Residents fled.")
    local = one.actor("residents", "group", "Residents")
    assert identified([one.done()]).actors == []
    found = cast_of([one.done()])
    assert found.id_of("r1", local) is None
    assert found.name_of("r1", local) == "residents"


def test_ids_do_not_depend_on_the_order() -> None:
    tellings = []
    for i, name in enumerate(["Anna Berg", "Oskar Berg", "A. Berg", "Berg"]):
        build = Build(f"r{i}", f"{name} spoke in Norway.")
        build.actor(name)
        build.actor("Norway", "state")
        tellings.append(build.done())
    assert identified(tellings).actors == identified(tellings[::-1]).actors


def test_where_its_officials_sit_is_the_capital() -> None:
    one = Build("r1", "Velmarian President Olga Lind spoke.")
    one.actor("Olga Lind", "person", "Velmarian President Olga Lind")
    two = Build("r2", "Lind told the parliament in Ostrand that Velmar was at peace. Ostrand denied more.")
    two.actor("Olga Lind", "person", "Lind")
    two.actor("Ostrand", "state", "Ostrand")
    actor = _one([one.done(), two.done()], "Ostrand")
    assert (actor.name, actor.kind) == ("Velmar", "state")


def test_of_two_people_of_one_surname_the_office_tells_who_is_meant() -> None:
    tellings = []
    for i, name in enumerate(["Mayor Anna Berg", "Captain Oskar Berg"]):
        build = Build(f"r{i}", f"{name} spoke in Norway.")
        build.actor(name.split(" ", 1)[1], "person", name)
        build.actor("Norway", "state")
        tellings.append(build.done())
    third = Build("r3", "Captain Berg left Norway.")
    local = third.actor("Berg", "person", "Captain Berg")
    third.actor("Norway", "state")
    assert cast_of([*tellings, third.done()]).name_of("r3", local) == "Oskar Berg"
