"""The life of the addon in a database: installed, updated twice, and gone again."""

import re
import subprocess
from pathlib import Path
from types import SimpleNamespace

import life_in_use
import pytest
import served
from ground import cluster, databases, paths

ODOO = Path(__file__).resolve().parent.parent / "dev/odoo"
SECONDS = 900

COLUMNS = (
    "SELECT table_name || '.' || column_name || ' ' || data_type"
    " FROM information_schema.columns WHERE table_schema = 'public'"
)
COUNTS = (
    "SELECT table_name || ' ' || (xpath('/row/c/text()', query_to_xml(format("
    "'SELECT count(*) AS c FROM %I', table_name), false, true, '')))[1]::text"
    " FROM information_schema.tables"
    " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
)
# what other addons write down while ours comes and goes: signals of the server, who logged in,
# and the chatter of their own records (an employee got a login, a job a rank)
OTHERS = {
    "bus_bus",
    # what people have done stays in their résumé
    "hr_resume_line",
    "ir_cron_trigger",
    "mail_followers",
    "mail_followers_mail_message_subtype_rel",
    "mail_message",
    "mail_tracking_value",
    "orm_signaling_default",
    "orm_signaling_registry",
    "orm_signaling_stable",
    "res_device_log",
    "res_users_log",
}
OURS = {
    "ir_model": "model LIKE 'hr.backbone.%'",
    "ir_model_fields": "model LIKE 'hr.backbone.%' OR relation LIKE 'hr.backbone.%'"
    " OR name LIKE '%backbone%'",
    # Odoo keeps the name of an addon that could be installed again, and its category
    "ir_model_data": "(module LIKE 'hr_backbone_training%' OR name LIKE '%backbone%')"
    " AND model NOT IN ('ir.module.module', 'ir.module.category')",
    "ir_model_constraint": "name LIKE '%backbone%'",
    "ir_model_relation": "name LIKE '%backbone%'",
    "ir_cron": "cron_name ILIKE '%backbone%'",
    "ir_ui_menu": "name::text ILIKE '%backbone%'",
    "ir_ui_view": "arch_fs LIKE 'hr_backbone_training%'",
    "ir_rule": "domain_force ILIKE '%backbone%'",
    "ir_attachment": "res_model LIKE 'hr.backbone.%' OR url LIKE '/hr_backbone_training%'",
    "ir_sequence": "code LIKE 'hr.backbone.%'",
    "hr_resume_line_type": "name::text ILIKE '%rotation%' OR name::text ILIKE '%award%'",
    "gamification_badge": "name::text ILIKE '%backbone%' OR name::text ILIKE '%outstanding%'",
    "ir_config_parameter": "key LIKE '%backbone%'",
    "mail_mail": "body_html LIKE '%/my/backbone%'",
    "mail_activity_type": "res_model LIKE 'hr.backbone.%'",
    "mail_template": "model LIKE 'hr.backbone.%'",
    "mail_message": "model LIKE 'hr.backbone.%'",
    "mail_followers": "res_model LIKE 'hr.backbone.%'",
    "res_groups_privilege": "name::text ILIKE '%backbone%'",
}


def odoo(database, *args, **kwargs):
    """Run Odoo; answer what it logged that is no mere information, without when and where."""
    done = subprocess.run(
        [ODOO, *args[:-1], "-d", database, args[-1]],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        **kwargs,
    )
    log = done.stdout + done.stderr
    assert done.returncode == 0, log[-4000:]
    return read_complaints(log)


def read_complaints(log):
    """What is no mere information in Odoo's log, without when and where."""
    rows = re.findall(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) \S+ (.*)$", log, re.M)
    return [" ".join(row).strip() for row in rows]


def install(database, *options):
    return odoo(database, *options, "--with-demo", "--stop-after-init")


def snapshot(database):
    counts = dict(line.split() for line in databases.sql(COUNTS, database))
    return SimpleNamespace(columns=set(databases.sql(COLUMNS, database)), counts=counts)


@pytest.fixture(scope="module")
def life():
    """The addon's whole life, with its demo data and records of every model; what was
    logged, and what is left."""
    with cluster.used():
        databases.template(demo=True)
        name = databases.own_copy(databases.name_of("base_demo"), "life")
        try:
            before = snapshot(name)
            logged = {"install": install(name, "-i", paths.ADDON)}
            logged["update"] = install(name, "-u", paths.ADDON)
            logged["second update"] = install(name, "-u", paths.ADDON)
            with served.running(name) as server:
                assert life_in_use.use(server) == [], "nothing was made of these models"
            logged["uninstall"] = odoo(name, "module", "uninstall", paths.ADDON)
            after = snapshot(name)
            yield SimpleNamespace(name=name, logged=logged, before=before, after=after)
        finally:
            databases.drop(name)


@pytest.mark.parametrize("step", ["install", "update", "second update", "uninstall"])
def test_nothing_to_complain_about(life, step):
    assert life.logged[step] == []


def test_no_table_or_column_is_left(life):
    assert life.after.columns == life.before.columns


def test_no_row_is_left(life):
    left = {
        table: (life.before.counts.get(table), count)
        for table, count in life.after.counts.items()
        if count != life.before.counts.get(table) and table not in OTHERS
    }
    assert left == {}


@pytest.mark.parametrize("table", OURS)
def test_no_record_of_ours_is_left(life, table):
    rows = databases.sql(f"SELECT t::text FROM {table} t WHERE {OURS[table]}", life.name)
    assert rows == []


def test_hr_works_as_before(life):
    with served.running(life.name) as server:
        admin = server.rpc("admin")
        [job] = admin.call("hr.job", "search", [("name", "=", "Chief Technical Officer")])
        vals = {"name": "Newcomer", "job_id": job}
        person = admin.call("hr.employee", "create", vals)
        admin.call("hr.employee", "action_archive", [person])
        assert not admin.call("hr.employee", "read", [person], ["active"])[0]["active"]
        fields = ["name", "department_id"]
        people = server.rpc("demo").call("hr.employee.public", "search_read", [], fields)
        assert len(people) > 10
