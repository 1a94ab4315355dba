from __future__ import annotations

import pytest

from dateline.capture.extract import extract
from dateline.records import CaptureFormat, RawCapture


@pytest.mark.parametrize("format", ["html", "text"])
def test_a_page_of_fifty_megabytes_is_kept_without_an_article_and_at_once(format: CaptureFormat) -> None:
    data = b"<html><body>" + b"<p>word word word</p>" * 2_500_000
    found = extract(RawCapture(id="c1", data=data, path="huge", format=format))
    assert found.no_article == "it is larger than 8 MB: no article is that long"
    assert found.text == ""
