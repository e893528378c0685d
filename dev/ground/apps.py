"""`make test-apps`: ours beside each app of Odoo's that touches people, the calendar, the portal
or mail, and beside all of them at once. It takes hours and is no part of continuous integration.
"""

import os

from . import cluster, databases, install, manifests, odoo, paths, supervise
from .say import Failure

ALL = "all"
APPS = (
    *("base_automation", "event", "hr_attendance", "hr_expense", "hr_fleet", "hr_holidays"),
    *("hr_homeworking", "hr_maintenance", "hr_presence", "hr_recruitment", "hr_skills_event"),
    *("hr_skills_slides", "hr_skills_survey", "hr_timesheet", "hr_work_entry", "im_livechat"),
    *("mass_mailing", "privacy_lookup", "project", "spreadsheet_dashboard", "survey"),
    *("website", "website_hr_recruitment", "website_slides"),
)
MATRIX = paths.ROOT / "tests/apps_matrix.py"
CHOSEN = "BACKBONE_APPS"


def test(args):
    """:param list args: names of apps, or "all" for all at once; none: each of them, and all at
    once. What begins with "-", with the word behind it, goes to pytest."""
    apps, options = _split(args)
    install.ensure(tools=True)
    with cluster.used() as lock:
        databases.drop_leftovers()
        env = {**odoo.environment(), CHOSEN: " ".join(apps)}
        env["PYTHONPATH"] += f":{paths.DEV}"
        command = [paths.VENV / "bin/pytest", "-p", "no:odoo", "-p", "pytest_apps", "-v"]
        try:
            return supervise.replace(
                [*command, MATRIX, *options], env=env, lock=lock, cwd=paths.ROOT
            )
        finally:
            databases.drop_own_copies()


def _split(args):
    first = next((number for number, arg in enumerate(args) if arg.startswith("-")), len(args))
    apps, options = args[:first], args[first:]
    for app in apps:
        if app != ALL and not (paths.odoo_addons() / app).is_dir():
            raise Failure(f"Odoo has no app {app}: name some of {', '.join([*APPS, ALL])}")
    return apps or [*APPS, ALL], options


def chosen():
    """In the tests: what is to be tried, one after the other."""
    return os.environ.get(CHOSEN, "").split()


def modules(app):
    """What is installed for an app, and the glue addons that have to come with it."""
    found = sorted({*APPS, *manifests.apps()}) if app == ALL else [app]
    return found, {folder.name for folder in manifests.own_addons(*found)}
