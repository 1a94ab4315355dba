"""The street on many machines: the one thin adapter to the distributed engine (Daft, in process or on a Ray cluster).

    plan ──► capture ──► fold ──► read ──► a folder of Parquet that `dateline add` loads

Nothing of the street is written again here: each partition is taken by the functions that the archive calls, and what the
engine does is to hand out partitions, to bring together what belongs together, and to begin again what a lost machine left.
"""
