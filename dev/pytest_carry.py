"""A pytest plugin that carries the results of one run into the next one's summary.

The addon's tests need pytest-odoo, which loads Odoo into pytest; those in tests/
must not have it. They are two runs, but whoever reads the last line wants one sum.
"""

import json
import os
from pathlib import Path


def pytest_addoption(parser):
    parser.addoption("--carry", choices=["save", "load"], help="carry results over")


def pytest_configure(config):
    path = os.environ.get("BACKBONE_CARRIED_REPORTS")
    mode = config.getoption("--carry")
    if path and mode and not hasattr(config, "workerinput"):
        plugin = {"save": Saver, "load": Loader}[mode](config, Path(path))
        config.pluginmanager.register(plugin)


class Saver:
    def __init__(self, config, path):
        self.config = config
        self.path = path

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or not report.passed:
            self._save(report)

    def pytest_collectreport(self, report):
        if not report.passed:
            self._save(report)

    def _save(self, report):
        hook = self.config.hook.pytest_report_to_serializable
        data = hook(config=self.config, report=report)
        with self.path.open("a") as stream:
            stream.write(json.dumps(data, default=str) + "\n")


class Loader:
    def __init__(self, config, path):
        self.config = config
        self.path = path

    def pytest_terminal_summary(self, terminalreporter):
        if not self.path.exists():
            return
        for line in self.path.read_text().splitlines():
            hook = self.config.hook.pytest_report_from_serializable
            report = hook(config=self.config, data=json.loads(line))
            if isinstance(report.longrepr, list):
                # why a test was skipped: JSON knows no tuples, pytest wants one
                report.longrepr = tuple(report.longrepr)
            terminalreporter.stats.setdefault(_category(report), []).append(report)


def _category(report):
    if report.failed:
        return "failed" if getattr(report, "when", "") == "call" else "error"
    return report.outcome
