# ruff: noqa: F821 (`env` is the shell's)
"""What a year of use leaves in a database, beyond the demo data: read by `odoo shell`, which
gives `env`. The life of the addon ends with all of this in it (see `test_install`)."""

import base64

ADDON = "hr_backbone_training"
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5E"
    "rkJggg=="
)
PDF = base64.b64encode(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF")


def as_user(model, login):
    user = env["res.users"].search([("login", "=", login)])
    return env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)


def new_file(record):
    vals = {"name": "file.pdf", "datas": PDF, "res_model": record._name, "res_id": record.id}
    return env["ir.attachment"].create(vals)


def add_file(record, field):
    record.write({field: [(4, new_file(record).id)]})


# training: attended for real, with a certificate; its line stands in the résumé
people = env["hr.backbone.member"].search([("state", "=", "active")])
training = as_user("hr.backbone.training", "hr").create(
    {
        "name": "Held before the end",
        "date_start": "2026-01-05 09:00:00",
        "date_end": "2026-01-05 12:00:00",
        "provider": "Somebody",
        "participant_ids": [(0, 0, {"member_id": member.id}) for member in people],
    }
)
training.action_plan()
training.participant_ids.action_attend()
training.action_done()
add_file(training.sudo().participant_ids[0], "certificate_ids")

# personal promotion: a certification, and files of a report
member = env["hr.backbone.member"].search([("employee_id.user_id.login", "=", "keith")])
exam = as_user("hr.backbone.achievement", "keith").create(
    {"name": "Exam of the end", "authority": "Board", "date_obtained": "2026-01-05"}
)
add_file(exam.sudo(), "attachment_ids")
exam.action_submit()
as_user("hr.backbone.achievement", "hr").browse(exam.id).action_verify()
suggestion = as_user("hr.backbone.suggestion", "keith").create({"name": "A draft that stays"})
add_file(suggestion.sudo(), "attachment_ids")

# mentors: a proposal, and one who leaves talks and agreements behind
as_user("hr.backbone.mentor.proposal", "hr").action_propose()
assessment = env["hr.backbone.assessment"].search(
    [("state", "=", "draft"), ("mentor_id", "!=", False)], limit=1
)
assessment.line_ids[:1].write({"score": 80, "example": "The release"})
env["hr.backbone.mentorship"].search([("state", "=", "active")])._end("decided", "The end")

# plan, report and the paper loop
plan = env["hr.backbone.plan"].search([("state", "=", "active")], limit=1)
add_file(plan.line_ids[0], "evidence_ids")
report = env["hr.backbone.report"].search([("state", "=", "draft")], limit=1)
report._write_moved({"attachment_ids": [(4, new_file(report).id)]})
for document in (plan, env["hr.backbone.application"].search([("plan_id", "=", plan.id)], limit=1)):
    for user in (document.employee_id.user_id, env.ref(f"{ADDON}.res_users_demo_hr")):
        signing = document.with_user(user)
        if any(row["mine"] for row in signing._get_signature_rows()):
            signing._sign_from_portal(user.name, PICTURE)

# an objection with evidence
line = env["hr.backbone.publicity.line"].search([("publicity_id.state", "=", "published")], limit=1)
proof = as_user("ir.attachment", "colleague").create({"name": "proof.pdf", "datas": PDF})
as_user("hr.backbone.objection", "colleague").create(
    {"line_id": line.id, "text": "Often late", "evidence_ids": [(4, proof.id)]}
)

# the jobs, each in a transaction of its own
env.cr.commit()
for job in env["ir.cron"].search([("cron_name", "like", "Backbone")]):
    job.method_direct_trigger()
    env.cr.commit()
env.invalidate_all()
as_user("hr.backbone.member", "hr").browse(member.id).action_exit("Moves away")

# HR's settings
settings = env["res.config.settings"].create({})
changed = {
    name: not settings[name]
    for name, field in settings._fields.items()
    if "backbone" in name and field.type == "boolean" and not field.readonly
}
settings.write(changed)
settings.execute()
settings.unlink()
env.cr.commit()

empty = [
    model._table
    for name, model in env.registry.items()
    if name.startswith("hr.backbone.") and not (model._abstract or model._transient)
    # the outbox has just been emptied by its job
    if name != "hr.backbone.notification"
    if model._auto and not env[name].with_context(active_test=False).search_count([], limit=1)
]
print("empty", *sorted(empty))
