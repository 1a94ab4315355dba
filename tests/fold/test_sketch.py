import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from dateline.fold.same import KEYS
from dateline.fold.sketch import sketch
from tests.fold.press import HARBOUR, MENU, SCHOOL, scanned, typeset


def shared(a: str, b: str) -> int:
    return len(set(sketch(a)) & set(sketch(b)))


def test_captures_of_one_report_share_keys() -> None:
    assert shared(HARBOUR, typeset(HARBOUR)) == KEYS
    assert shared(HARBOUR, HARBOUR[: len(HARBOUR) * 3 // 10]) >= 8
    assert shared(HARBOUR, scanned(HARBOUR)) >= 8
    assert shared(HARBOUR, MENU + HARBOUR) >= 40


def test_other_texts_share_none() -> None:
    assert shared(HARBOUR, SCHOOL) == 0
    assert shared(MENU + HARBOUR, MENU + SCHOOL) == 0


def test_keys_are_the_same_in_every_process() -> None:
    program = "import sys; from dateline.fold.sketch import sketch; print(sketch(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", program, HARBOUR], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(sketch(HARBOUR))


@given(st.text())
def test_keys_are_few_and_signed(text: str) -> None:
    keys = sketch(text)
    assert len(set(keys)) == len(keys) <= KEYS
    assert all(-(2**63) <= key < 2**63 for key in keys)
