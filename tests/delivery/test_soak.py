"""The real job in processes of its own, with failing stand-ins and kill -9: counted from the stand-ins' truth."""

from __future__ import annotations

from pathlib import Path

from tools.soak.run import soak


def test_300_posts_under_faults_and_kills_are_neither_doubled_nor_lost_nor_lied_about(tmp_path: Path) -> None:
    done = soak(tmp_path / "office", posts=300, seed=1, workers=2)
    for part in done.parts:
        tally = part.tally
        assert (tally.duplicates, tally.lost, tally.falsely_sent, tally.unfinished) == (0, 0, 0, 0), part.kind
        assert part.posts == 75
        assert part.kills > 0
        assert part.failed / part.asked > 0.2
        assert tally.rejected == 0, part.kind
        assert tally.skipped + tally.needs_person < 8, "they are excused, and yet most have to go out"
    assert len(done.parts) == 4
    assert done.kills > 50
    assert done.fault_rate > 0.3
