"""Courses of roles: what must hold of every one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dateline.read.decoding import CONTENT, CUE, OUTSIDE, SOURCE, Penalties, courses
from dateline.read.model_input import Floats

NONE = Penalties(0, 0, 0)


@st.composite
def scored(draw: st.DrawFn) -> tuple[Floats, int]:
    length = draw(st.integers(1, 12))
    scores = draw(arrays.arrays(np.float32, (1, length, 4), elements=st.floats(-9, 0, width=32)))
    return scores, draw(st.integers(0, length - 1))


@given(scored())
def test_the_cue_is_a_cue_and_all_else_the_likeliest_where_change_costs_nothing(case: tuple[Floats, int]) -> None:
    scores, cue = case
    (course,) = courses(scores, np.array([cue]), NONE)
    assert course[cue] == CUE
    gained = scores[0, np.arange(len(course)), course]
    assert all(gained[n] == scores[0, n].max() for n in range(len(course)) if n != cue)


@given(scored())
def test_no_other_course_of_one_change_is_likelier(case: tuple[Floats, int]) -> None:
    scores, cue = case
    costs = Penalties(0.5, 1.0, 1.5)
    (course,) = courses(scores, np.array([cue]), costs)

    def worth(roles: list[int]) -> float:
        entry = [0.0, costs.source, costs.cue, costs.content]
        paid = sum(entry[role] for role, before in zip(roles, [OUTSIDE, *roles], strict=False) if role != before)
        return float(sum(scores[0, n, role] for n, role in enumerate(roles) if n != cue)) - paid

    best = worth(course.tolist())
    for n in range(len(course)):
        for role in (OUTSIDE, SOURCE, CUE, CONTENT):
            other = course.tolist()
            other[n] = role
            assert n == cue or worth(other) <= best + 1e-4


def test_a_gap_of_one_doubtful_token_is_bridged() -> None:
    likely = np.log(
        np.array([[0.01, 0.01, 0.01, 0.97], [0.6, 0.01, 0.01, 0.38], [0.01, 0.01, 0.01, 0.97]], dtype=np.float32)
    )
    scores = np.concatenate([np.zeros((1, 4), dtype=np.float32), likely])[None]
    assert courses(scores, np.array([0]), Penalties())[0].tolist() == [CUE, CONTENT, CONTENT, CONTENT]
    assert courses(scores, np.array([0]), NONE)[0].tolist() == [CUE, CONTENT, OUTSIDE, CONTENT]


def test_no_cues_have_no_courses() -> None:
    assert courses(np.zeros((0, 5, 4), dtype=np.float32), np.zeros(0, dtype=np.int64)).shape == (0, 5)
