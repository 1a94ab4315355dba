import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.fold.sketch import sketch
from tests.fold.press import HARBOUR, MENU, SCHOOL, scanned, typeset

MOST = 60


def shared(a: str, b: str) -> int:
    return len(set(sketch(a).tolist()) & set(sketch(b).tolist()))


def test_captures_of_one_report_share_keys() -> None:
    assert shared(HARBOUR, typeset(HARBOUR)) == len(sketch(HARBOUR))
    assert shared(HARBOUR, HARBOUR[: len(HARBOUR) * 3 // 10]) >= 4
    assert shared(HARBOUR, scanned(HARBOUR)) >= 2
    assert shared(HARBOUR, MENU + HARBOUR) >= 20


def test_the_beginning_of_a_long_text_shares_keys_with_it() -> None:
    whole = "\n\n".join([HARBOUR, SCHOOL, *(f"{SCHOOL.upper()} {i} {HARBOUR[i * 10 :]}" for i in range(20))])
    assert shared(HARBOUR, whole) >= 6


def test_other_texts_share_none() -> None:
    assert shared(HARBOUR, SCHOOL) == 0
    assert shared(MENU + HARBOUR, MENU + SCHOOL) == 0


def test_a_passage_of_another_text_gives_hardly_a_key() -> None:
    quoting = "\n\n".join([*SCHOOL.split("\n\n")[:3], HARBOUR.split("\n\n")[2], *SCHOOL.split("\n\n")[3:]])
    assert shared(quoting, HARBOUR) <= 2


def test_keys_are_the_same_in_every_process() -> None:
    program = "import sys; from dateline.fold.sketch import sketch; print(sketch(sys.argv[1]).tolist())"
    done = subprocess.run([sys.executable, "-c", program, HARBOUR], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(sketch(HARBOUR).tolist())


@given(st.text())
def test_keys_are_few_and_in_order(text: str) -> None:
    keys = sketch(text)
    assert keys.dtype == np.uint64
    assert sorted(set(keys.tolist())) == keys.tolist()
    assert len(keys) <= MOST
