from dateline.capture.text import examine

LEAD = "The council of Velm voted on Monday to close the old bridge for good, after an engineer found cracks in two pillars."
NEXT = "Mayor Ada Novak said the decision had been hard. “Nobody likes to walk an hour for bread,” she told reporters."


def test_title_is_no_part_of_the_body() -> None:
    found = examine(f"Velm gives up its bridge\n\n{LEAD}\n\nCracks in two pillars\n\n{NEXT}")
    assert found.title == "Velm gives up its bridge"
    assert found.blocks == [("body", LEAD), ("heading", "Cracks in two pillars"), ("body", NEXT)]


def test_side_matter_is_gathered_by_title() -> None:
    found = examine(
        f"{LEAD}\n{NEXT}\nSee also:\n-\nA flood\nThe river rose.\nTwo pillars fell.\n-\nIce\nPeople walked over it."
    )
    assert [(item.title, item.text) for item in found.side] == [
        ("A flood", "The river rose.\n\nTwo pillars fell."),
        ("Ice", "People walked over it."),
    ]


def test_copyright_and_byline_lines_are_kept_as_written() -> None:
    found = examine(f"{LEAD}\n{NEXT}\nBy Ada Novak\n© 2021 Quill Press Agency")
    assert found.bylines == ["By Ada Novak"]
    assert found.copyrights == ["© 2021 Quill Press Agency"]
