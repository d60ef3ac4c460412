"""The fault scenarios of delivery, each a test that bears its id; the stand-ins' truth decides, not the ledger.

test_crashes   F01–F07 kills between two steps, F26 F27 standstills, F37 full disk; crash points 8, 12
test_damage    F39 power cut, and a ledger that the disk has damaged
test_killed_anywhere  a kill at every moment of a pass, on every service: crash points 1 to 10
test_answers   F08–F17 lost, wrong and late answers, F20 repetitions, F41 nonsense
test_limits    F18 F19 waits, F21 a dead token, F32 too close to the end, F36 poison and dead channels, the stop button
test_time      F29 restored backup, F30 F31 clocks, F33–F35 edits and decisions, F40 taken down by others
test_together  F24 F25 several processes, F38 a locked ledger
test_recalled  withdrawals and stops while nobody knows what is out there
test_broken    builds that are broken on purpose must fail
"""

from __future__ import annotations

from collections.abc import Mapping

# Scenarios of one channel stand beside it: file and test.
ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "F22": (
        "tests/channels/test_zalo_custody.py",
        "test_a_process_killed_before_the_new_pair_was_on_disk_leads_to_an_alarm",
    ),
    "F23": (
        "tests/channels/test_zalo_custody.py",
        "test_two_processes_that_refresh_at_once_make_one_request_and_get_the_same_token",
    ),
}
