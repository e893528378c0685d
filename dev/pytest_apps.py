"""A pytest plugin for `make test-apps`: at the end, a table of apps, steps, results and times."""

import re
from collections import defaultdict

# {app: {step: [outcome, seconds]}}, in the order of their coming
RESULTS = defaultdict(dict)
NAME = re.compile(r"::test_(\w+)\[(\w+)\]$")


def pytest_runtest_logreport(report):
    found = NAME.search(report.nodeid)
    if not found:
        return
    step, app = found.groups()
    row = RESULTS[app].setdefault(step, ["ok", 0])
    row[1] += report.duration
    if report.failed:
        row[0] = "FAILED"
    elif report.skipped and row[0] == "ok":
        row[0] = "–"


def pytest_terminal_summary(terminalreporter):
    steps = list(dict.fromkeys(step for rows in RESULTS.values() for step in rows))
    table = [["app", *(step.replace("_", " ") for step in steps), "time"]]
    for app, rows in RESULTS.items():
        cells = ["{} {:.0f} s".format(*rows[step]) if step in rows else "" for step in steps]
        seconds = sum(row[1] for row in rows.values())
        table.append([app, *cells, f"{seconds / 60:.1f} min"])
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    terminalreporter.section("beside other apps")
    for row in table:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        terminalreporter.write_line("  ".join(cells).rstrip())
