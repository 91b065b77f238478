"""The texts that are parsed: full pages, as the gateway sends them."""

COUNT = 500

REPORTS = "".join(f"23143576200850306{n:03},139{n:08},DELIVRD|" for n in range(COUNT))
"""Uniform reports of messages."""

MIXED_REPORTS = "".join(
    f"23143576200850306{n:03},139{n:08},0,{n % 60},{n % 5}|"
    if n % 3 == 0
    else f"23143576200850306{n:03},139{n:08},{'DELIVRD' if n % 7 else f'MK:{n:04}'}|"
    for n in range(COUNT)
)
"""Reports of messages and voice codes, some with a carrier's own status."""

TIMED_REPORTS = "".join(
    f"23143576200850306{n:03},139{n:08},2014/06/{n % 28 + 1:02} 15:{n % 60:02}:{n % 59:02},DELIVRD|"
    for n in range(COUNT)
)
"""Reports with times in full width."""

UNPADDED_REPORTS = "".join(
    f"23143576200850306{n:03},139{n:08},"
    f"2018/4/{n % 28 + 1} {n % 24}:{n % 60:02}:{n % 59:02},DELIVRD|"
    for n in range(COUNT)
)
"""The same as the service is seen to send them, without leading zeros."""

REPLIES = "|;|".join(
    f"139{n:08}|,|收到，谢谢 {n}, ok|,|"
    f"2014/06/{n % 28 + 1:02} 15:{n % 60:02}:{n % 59:02}|,|1069{n:05}"
    for n in range(COUNT)
)
"""Replies in Chinese, with times and channels."""

AWKWARD_REPLIES = REPLIES.replace("谢谢 250,", "谢谢|,|250,")
"""The same; one of them contains the separator between fields."""

MALFORMED_REPORTS = REPORTS.replace("13900000250", "1390000025x")
"""Reports with one that is none."""
