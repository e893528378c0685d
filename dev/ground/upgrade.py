"""`make test-upgrade`: a database of an earlier commit is updated, and nothing is lost.

The addon of that commit is installed with its demo data, a year in the life of a company; then
the addon as it is now updates the database. Rows are counted before and after, by model and by
state; and of what the addon itself has brought (views, menus, rules, templates, actions) each
external name is still there.
"""

import subprocess

from . import cluster, databases, git, install, odoo, paths
from .files import remove_tree
from .say import Failure, say

# the last commit before the rooms
EARLIER = "74cb090"
HOME = paths.HOME / "earlier"
TABLES = (
    "SELECT c.table_name, bool_or(c.column_name = 'state')"
    " FROM information_schema.columns c JOIN information_schema.tables t USING (table_name)"
    " WHERE t.table_type = 'BASE TABLE' AND c.table_name LIKE 'hr\\_backbone\\_%'"
    " GROUP BY 1"
)
BROUGHT = (
    "SELECT model, name, 1 FROM ir_model_data"
    f" WHERE module = '{paths.ADDON}' AND model NOT LIKE 'ir.model%'"
)
# parts of the printed forms that went into others
WENT = {
    *("form_style", "form_year_document", "form_plan_columns", "form_plan_row"),
    *("form_meeting_columns", "form_assessment_columns", "form_assessment_row"),
}


def test(args):
    """:param list args: the commit to begin with; none: the last one before the rooms"""
    commit = args[0] if args else EARLIER
    _fetch(commit)
    install.ensure()
    with cluster.used():
        databases.drop_leftovers()
        name = databases.own_copy(databases.template_without(demo=True), "upgrade")
        try:
            _forget_glue(name)
            say(f"installing {paths.ADDON} of {commit}, with demo data")
            _work(name, "-i", HOME, demo=True)
            before = _count(name)
            say(f"updating it to the one of today: {len(before)} kinds of rows")
            _work(name, "-u", paths.ROOT)
            lost = _compare(before, _count(name))
        finally:
            databases.drop(name)
            remove_tree(HOME)
    if lost:
        raise Failure("the update lost something: " + "; ".join(lost))
    say("the update lost nothing")
    return 0


def _fetch(commit):
    """The addon as it was, from git."""
    archive = git.read("archive", commit, paths.ADDON)
    remove_tree(HOME)
    HOME.mkdir(parents=True)
    if subprocess.run(["tar", "-x", "-C", HOME], input=archive).returncode:
        raise Failure(f"the addon of {commit} cannot be unpacked into {HOME}: look at its disk")


def _forget_glue(name):
    """A glue addon that the earlier commit did not have would be installed with it, and is not
    there; the update of today finds it again."""
    like = f"{paths.ADDON}\\_%"
    databases.sql(f"DELETE FROM ir_model_data WHERE name LIKE 'module\\_{like}'", name)
    databases.sql(f"DELETE FROM ir_module_module WHERE name LIKE '{like}'", name)


def _work(name, option, folder, *, demo=False):
    folders = ",".join(map(str, [*odoo.addons_path()[:-1], folder]))
    options = [option, paths.ADDON, f"--addons-path={folders}"]
    databases.install_into(name, options, demo=demo)


def _count(name):
    """{(table or model, state): how many}"""
    counts = {}
    for row in databases.sql(TABLES, name):
        table, has_state = row.split("|")
        state = "state" if has_state == "t" else "''"
        counts.update(_read(name, f"SELECT '{table}', {state}, count(*) FROM {table} GROUP BY 2"))
    return {**counts, **_read(name, BROUGHT)}


def _read(name, query):
    rows = (row.split("|") for row in databases.sql(query, name))
    return {(what, state): int(count) for what, state, count in rows}


def _compare(before, after):
    """What is fewer now, in words."""
    say(f"{len(set(after) - set(before))} kinds are new")
    return [
        f"{what} {state}: {count} before, {after.get((what, state), 0)} now"
        for (what, state), count in sorted(before.items())
        if after.get((what, state), 0) < count and state not in WENT
    ]
