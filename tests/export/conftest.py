"""One small archive for all exports: a placed event, an announced meeting, a dispute, and a page that means harm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.archive.archive import Archive

PAGES = {
    "quake.html": """<html lang="en"><head><title>Quake shakes Lisbon</title>
<meta property="og:site_name" content="Tagus &amp; Daily_50%"><meta property="article:published_time" content="2024-03-05T09:00:00Z">
<meta name="author" content="Rui Brack"><link rel="canonical" href="https://tagus.example/quake"></head><body><article><h1>Quake shakes Lisbon</h1>
<p>LISBON – An earthquake killed 14 people in Lisbon on Monday, the interior ministry said. Dozens of houses fell.</p>
<p>Prime Minister Ana Leal said: “We will meet the mayors of the region in Lisbon on 20 March.” The meeting will be held in the town hall.</p>
<p>Soldiers were sent to Portugal’s south on Tuesday to help with the search, and rescue teams from Spain arrived in Lisbon the same day.</p>
</article></body></html>""",
    "toll.html": """<html lang="en"><head><title>Union doubts the toll of Lisbon quake</title>
<meta property="og:site_name" content="Harbour Post"><meta property="article:published_time" content="2024-03-06T09:00:00Z"></head><body><article>
<h1>Union doubts the toll of Lisbon quake</h1>
<p>The earthquake in Lisbon on Monday killed 31 people, the firefighters’ union said on Wednesday, denying the figure of the interior ministry.</p>
<p>The union said that more than 200 people were still missing in Lisbon. It called for a strike in April 2024 unless the government sends more crews.</p>
</article></body></html>""",
    "hostile.html": """<html lang="en"><head><title>=cmd()|x &lt;img src=x onerror=alert(1)&gt;</title>
<meta property="og:site_name" content="@Evil &lt;b&gt;"><meta property="article:published_time" content="2024-03-07T09:00:00Z"></head><body><article>
<p>The harbour company =HYPERLINK("https://evil.example","x") &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &#x202e;gnirts opened a new pier in Porto on 6 March 2024.</p>
<p>“The pier &lt;img src=x onerror=alert(2)&gt; is open,” said director Ema Pohl on Thursday in Porto. She said that the pier cost 3 million euros.</p>
<p>The company signed an agreement with the city of Porto on Wednesday, and the council praised the work of the builders in the harbour.</p>
</article></body></html>""",
}


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("exports")
    for name, page in PAGES.items():
        (folder / name).write_text(page, encoding="utf-8")
    with Archive(folder / "a.db") as opened:
        opened.add([folder / name for name in PAGES])
        yield opened
