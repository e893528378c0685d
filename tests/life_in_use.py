"""What a year of use leaves in a database, beyond the demo data: the life of the addon ends
with all of this in it (see `test_install`)."""

import base64

from ground import databases
from pool_case import MEMBER, MENTORSHIP, PAST
from portal_case import APPLICATION, OBJECTION, PLAN, press
from served import Client

ACHIEVEMENT = "hr.backbone.achievement"
ASSESSMENT = "hr.backbone.assessment"
EVALUATIONS = "hr.backbone.evaluation.run"
PARTICIPANT = "hr.backbone.training.participant"
REPORT = "hr.backbone.report"
TRAINING = "hr.backbone.training"
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5E"
    "rkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF"
# the outbox has just been emptied by its job
EMPTIED = "hr_backbone_notification"


def use(server):
    """:return: the tables of the addon that are empty all the same"""
    rpc = server.rpc
    attend_training(rpc)
    keith = rpc("hr").call(MEMBER, "search", [("employee_id.user_id.login", "=", "keith")])
    promote_oneself(rpc)
    assess(rpc)
    write_plan_and_report(server)
    sign(server)
    object_to_a_name(rpc)
    print_evaluation(server)
    run_jobs(rpc)
    press(rpc("hr"), MEMBER, "action_exit", keith, "Moves away")
    take_login_off(rpc, "keith")
    change_settings(server)
    return find_empty(server)


def new_file(client, model="", record=0):
    vals = {"name": "file.pdf", "datas": base64.b64encode(PDF).decode()}
    return client.call("ir.attachment", "create", {**vals, "res_model": model, "res_id": record})


def add_file(client, model, record, field):
    client.call(model, "write", [record], {field: [(4, new_file(client, model, record))]})


def attend_training(rpc):
    """For real, with a certificate; its line is in the résumé."""
    hr = rpc("hr")
    people = hr.call(MEMBER, "search", [("state", "=", "active")])
    vals = {
        "name": "Held before the end",
        "date_start": f"{PAST} 09:00:00",
        "date_end": f"{PAST} 12:00:00",
        "provider": "Somebody",
        "participant_ids": [(0, 0, {"member_id": member}) for member in people],
    }
    training = hr.call(TRAINING, "create", vals)
    press(hr, TRAINING, "action_plan", [training])
    rows = hr.call(PARTICIPANT, "search", [("training_id", "=", training)])
    press(hr, PARTICIPANT, "action_attend", rows)
    press(hr, TRAINING, "action_done", [training])
    add_file(hr, PARTICIPANT, rows[0], "certificate_ids")


def promote_oneself(rpc):
    """A certification, and files of a report."""
    keith = rpc("keith")
    vals = {"name": "Exam of the end", "authority": "Board", "date_obtained": PAST}
    exam = keith.call(ACHIEVEMENT, "create", vals)
    add_file(rpc("admin"), ACHIEVEMENT, exam, "attachment_ids")
    press(keith, ACHIEVEMENT, "action_submit", [exam])
    press(rpc("hr"), ACHIEVEMENT, "action_verify", [exam])
    suggestion = keith.call("hr.backbone.suggestion", "create", {"name": "A draft that stays"})
    add_file(rpc("admin"), "hr.backbone.suggestion", suggestion, "attachment_ids")


def assess(rpc):
    """A proposal of mentors, and one who leaves talks and agreements behind."""
    hr = rpc("hr")
    press(hr, "hr.backbone.mentor.proposal", "action_propose", [])
    drafts = [("state", "=", "draft"), ("mentor_id.user_id", "!=", False)]
    [found] = hr.call(ASSESSMENT, "search_read", drafts, ["mentor_id", "line_ids"], limit=1)
    mentor = rpc(get_login(rpc, found["mentor_id"][0]))
    vals = {"score": 80, "example": "The release"}
    mentor.call("hr.backbone.assessment.line", "write", found["line_ids"][:1], vals)
    active = hr.call(MENTORSHIP, "search", [("state", "=", "active")])
    press(hr, MENTORSHIP, "action_end", active, "The end")


def get_login(rpc, employee):
    admin = rpc("admin")
    [found] = admin.call("hr.employee", "read", [employee], ["user_id"])
    return admin.call("res.users", "read", found["user_id"][0], ["login"])[0]["login"]


def write_plan_and_report(server):
    """Files for an action of a plan in force and for a report, by those whose they are."""
    hr, fields = server.rpc("hr"), ["employee_id"]
    [plan] = hr.call(PLAN, "search_read", [("state", "=", "active")], fields, limit=1)
    line = hr.call("hr.backbone.plan.line", "search", [("plan_id", "=", plan["id"])])[0]
    author = Client(server, get_login(server.rpc, plan["employee_id"][0]))
    author.upload(f"/my/backbone/plans/{plan['id']}", f"{line}-files", PDF)
    drafts = [("state", "=", "draft"), ("employee_id.user_id", "!=", False)]
    [report] = hr.call(REPORT, "search_read", drafts, fields, limit=1)
    author = Client(server, get_login(server.rpc, report["employee_id"][0]))
    author.upload(f"/my/backbone/reports/{report['id']}", "files", PDF)


def sign(server):
    """Whoever may sign the first plan in force and its application does."""
    hr = server.rpc("hr")
    signed = 0
    for plan in hr.call(PLAN, "search_read", [("state", "=", "active")], ["employee_id"], limit=1):
        pages = [f"plans/{plan['id']}"]
        pages += [
            f"applications/{found}"
            for found in hr.call(APPLICATION, "search", [("plan_id", "=", plan["id"])])
        ]
        for login in (get_login(server.rpc, plan["employee_id"][0]), "hr"):
            client = Client(server, login)
            [account] = hr.call("res.users", "search_read", [("login", "=", login)], ["name"])
            for page in pages:
                params = {"name": account["name"], "signature": PICTURE}
                answer = client.post(f"/my/backbone/{page}/sign", params)
                signed += "error" not in answer["result"]
    assert signed


def object_to_a_name(rpc):
    """With evidence."""
    published = [("publicity_id.state", "=", "published")]
    [line] = rpc("hr").call("hr.backbone.publicity.line", "search", published, limit=1)
    colleague = rpc("colleague")
    vals = {"line_id": line, "text": "Often late", "evidence_ids": [(4, new_file(colleague))]}
    colleague.call(OBJECTION, "create", vals)


def print_evaluation(server):
    """Of a year that is frozen: what is printed is kept."""
    hr = server.rpc("hr")
    [run] = hr.call(EVALUATIONS, "search", [("state", "=", "draft")], limit=1)
    # a year that is over
    for table in ("program", "quarter"):
        databases.sql(f"UPDATE hr_backbone_{table} SET year = year - 5", server.database)
    # what it counts may have changed meanwhile
    press(hr, EVALUATIONS, "action_compute", [run])
    admin = server.rpc("admin")
    press(admin, EVALUATIONS, "action_freeze", [run], "Nobody closes them any more")
    press(admin, EVALUATIONS, "action_open_fairness", [run])
    [row] = hr.call("hr.backbone.evaluation", "search", [("run_id", "=", run)], limit=1)
    address = f"{server.url}/report/pdf/hr_backbone_training.report_evaluation/{row}"
    with Client(server, "hr").opener.open(address, timeout=120) as answer:
        assert answer.read().startswith(b"%PDF")


def take_login_off(rpc, login):
    """Of somebody who leaves; that it was theirs is kept."""
    admin = rpc("admin")
    people = admin.call("hr.employee", "search", [("user_id.login", "=", login)])
    admin.call("hr.employee", "write", people, {"user_id": False})


def run_jobs(rpc):
    admin = rpc("admin")
    for job in admin.call("ir.cron", "search", [("cron_name", "like", "Backbone")]):
        press(admin, "ir.cron", "method_direct_trigger", [job])


def change_settings(server):
    """Each switch of the addon is turned."""
    admin = server.rpc("admin")
    fields = admin.call("res.config.settings", "fields_get", [], ["type", "readonly"])
    switches = [
        name
        for name, field in fields.items()
        if "backbone" in name and field["type"] == "boolean" and not field["readonly"]
    ]
    now = admin.call("res.config.settings", "default_get", switches)
    turned = {name: not now.get(name) for name in switches}
    settings = admin.call("res.config.settings", "create", turned)
    press(admin, "res.config.settings", "execute", [settings])
    # what Odoo's vacuum does after some hours; nobody else may
    databases.sql("DELETE FROM res_config_settings", server.database)


def find_empty(server):
    tables = databases.sql(
        "SELECT c.relname FROM pg_class c JOIN ir_model m"
        " ON c.relname = replace(m.model, '.', '_') WHERE c.relkind = 'r'"
        f" AND m.model LIKE 'hr.backbone.%' AND NOT m.transient AND c.relname != '{EMPTIED}'",
        server.database,
    )
    assert tables
    return [
        name
        for name in tables
        if not databases.sql(f"SELECT 1 FROM {name} LIMIT 1", server.database)
    ]
