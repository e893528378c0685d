# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, frozendict

from ..core.words import get_reader_lang

ADDON = "hr_backbone_training."
LAYOUT = "mail.mail_notification_light"
# occasion -> activity type; who has the backend sees it there, who has not gets the mail
ACTIVITIES = {
    "report": f"{ADDON}mail_activity_type_report",
    "assessment": f"{ADDON}mail_activity_type_assessment",
    "opinion": f"{ADDON}mail_activity_type_opinion",
    "opinion_returned": f"{ADDON}mail_activity_type_opinion",
}
TEMPLATES = {
    "report": f"{ADDON}mail_template_quarter_report",
    "assessment": f"{ADDON}mail_template_quarter_assessment",
    "report_before": f"{ADDON}mail_template_quarter_report_before",
    "report_after": f"{ADDON}mail_template_quarter_report_after",
    "assessment_before": f"{ADDON}mail_template_quarter_assessment_before",
    "assessment_after": f"{ADDON}mail_template_quarter_assessment_after",
    "opinion": f"{ADDON}mail_template_quarter_opinion",
    "opinion_before": f"{ADDON}mail_template_quarter_opinion_before",
    "opinion_after": f"{ADDON}mail_template_quarter_opinion_after",
    "report_escalate": f"{ADDON}mail_template_quarter_escalate",
    "assessment_escalate": f"{ADDON}mail_template_quarter_escalate",
    "opinion_escalate": f"{ADDON}mail_template_quarter_opinion_escalate",
    "opinion_returned": f"{ADDON}mail_template_quarter_opinion_returned",
    "opinion_nudge": f"{ADDON}mail_template_quarter_opinion_nudge",
    "nudge": f"{ADDON}mail_template_quarter_nudge",
}

# the kinds of what is owed, and who owes each
DOCUMENTS = {
    "report": "hr.backbone.report",
    "assessment": "hr.backbone.assessment",
    "opinion": "hr.backbone.second.opinion",
}
DEBTORS = {"report": "employee_id", "assessment": "mentor_id", "opinion": "rater_id"}
# HR nudges for what a quarter asks of everybody; for second opinions by a notice of their own,
# which is hidden from mentors and members
NUDGED = ("report", "assessment")


def get_kind(documents):
    """The kind of what is owed with these documents."""
    return next(kind for kind, name in DOCUMENTS.items() if name == documents._name)


class HrBackboneQuarterNotice(models.Model):
    """What a person is told about a quarter: one row for each person and occasion.

    It is the outbox, and the memory of it: a row is made in the same statement for all people
    concerned, and becomes `told`. A mentor of ten members is told once.
    """

    _name = "hr.backbone.quarter.notice"
    _description = "Notice about a Quarter"
    _inherit = ["hr.backbone.outbox.mixin"]
    _order = "quarter_id desc, id"
    _outbox_job = "hr_backbone_training.ir_cron_backbone_quarter_notice"
    _rec_name = "employee_id"

    quarter_id = fields.Many2one(
        "hr.backbone.quarter", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee", "Person", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("report", "Report asked for"),
            ("assessment", "Assessments asked for"),
            ("report_before", "Report: due soon"),
            ("report_after", "Report: overdue"),
            ("assessment_before", "Assessments: due soon"),
            ("assessment_after", "Assessments: overdue"),
            ("report_escalate", "Reports overdue: to the manager"),
            ("assessment_escalate", "Assessments overdue: to the manager"),
            ("opinion", "Second opinions asked for"),
            ("opinion_before", "Second opinions: due soon"),
            ("opinion_after", "Second opinions: overdue"),
            ("opinion_escalate", "Second opinions overdue: to HR"),
            ("opinion_returned", "Second opinion returned"),
            ("opinion_nudge", "Second opinions: nudged by HR"),
            ("nudge", "Nudged by HR"),
        ],
        "Occasion",
        required=True,
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True)
    report_id = fields.Many2one("hr.backbone.report", readonly=True, ondelete="cascade")
    note = fields.Text("Names", readonly=True, help="Those whose documents are overdue.")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("told", "Notified"),
            ("settled", "Settled before"),
            ("unreachable", "No login and no address"),
        ],
        "Status",
        required=True,
        readonly=True,
        index=True,
    )

    _person_uniq = models.UniqueIndex(
        "(quarter_id, employee_id, kind)", "Each person is notified only once per occasion."
    )

    @api.model
    def _ask(self, kind, date, rows, again=None):
        """Make sure that these people are told of an occasion.

        :param str kind: the occasion
        :param SQL date: today, where the company of the row is
        :param SQL rows: a query of (quarter_id, company_id, employee_id, report_id, note, and
            max_due, the last day on which something of theirs is due)
        :param SQL again: when someone who was told before (`n`; the new row is `excluded`) is
            told once more; `max_due` is known there; never by default
        :return: the notices that are waiting now because of it
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH r (quarter_id, company_id, employee_id, report_id, note, max_due) AS
                          (%(rows)s)
                   INSERT INTO hr_backbone_quarter_notice AS n
                          (quarter_id, company_id, employee_id, report_id, note, kind, date,
                           state, create_uid, create_date, write_uid, write_date)
                   SELECT r.quarter_id, r.company_id, r.employee_id, r.report_id, r.note,
                          %(kind)s, %(date)s, 'waiting',
                          %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                     FROM r
                    ORDER BY r.quarter_id, r.employee_id
                   ON CONFLICT (quarter_id, employee_id, kind) DO UPDATE
                      SET state = 'waiting', date = excluded.date, note = excluded.note,
                          report_id = excluded.report_id, write_date = excluded.write_date
                    WHERE n.state != 'waiting' AND EXISTS (
                          SELECT 1 FROM r WHERE r.quarter_id = n.quarter_id
                             AND r.employee_id = n.employee_id AND %(again)s)
                   RETURNING id""",
                kind=kind,
                date=date,
                uid=self.env.uid,
                rows=rows,
                again=again or SQL("FALSE"),
            )
        )
        notices = self.browse([row[0] for row in self.env.cr.fetchall()])
        notices.invalidate_recordset()
        return notices

    @api.model
    def _cron_tell(self, batch_size=500):
        """Make sure that everyone has been told who waits. Two workers share the work: neither
        waits for what the other has in hand."""
        self._send_waiting(batch_size)

    def _get_waiting_domain(self):
        return [("state", "=", "waiting")]

    # -- how people are told, in batches -----------------------------------------------

    def _get_occasion(self):
        return self.quarter_id, self.kind

    def _send_occasion(self, quarter, kind):
        dues = self._get_dues(quarter, kind)
        owing = self.filtered(lambda row: row.employee_id.id in dues)
        (self - owing).write({"state": "settled"})
        insiders = owing.browse()
        if kind in ACTIVITIES:
            insiders = owing.filtered(lambda row: row._has_backend())
            insiders._make_activities(quarter, kind, dues)
        reached = insiders + (owing - insiders)._queue_mails(quarter, kind, dues)
        reached.write({"state": "told"})
        (owing - reached).write({"state": "unreachable"})

    def _has_backend(self):
        user = self.employee_id._get_backbone_users()
        return user.active and not user.share

    def _get_dues(self, quarter, kind):
        """Those who still owe what they are told of, and by when.

        :return: {employee id: {kind of what is owed: the earliest day on which one of theirs is
            due}}; a list for a manager is one of that day, and has none
        """
        if quarter.state != "open":
            return {}
        if kind.endswith("escalate"):
            return {row.employee_id.id: {} for row in self}
        dues = defaultdict(dict)
        for owed, field in DEBTORS.items():
            if kind.startswith(owed) or (kind == "nudge" and owed in NUDGED):
                documents = self.env[DOCUMENTS[owed]]
                domain = documents._get_owed_domain() & Domain(
                    [("quarter_id", "=", quarter.id), (field, "in", self.employee_id.ids)]
                )
                for person, due in documents._read_group(domain, [field], ["date_due:min"]):
                    dues[person.id][owed] = due
        return dues

    # -- activities --------------------------------------------------------------------

    def _make_activities(self, quarter, kind, dues):
        """A member's is on the report; a mentor's on the quarter, one for all; a second
        rater has one on each document already, from whatever asked for it."""
        if kind.startswith("opinion"):
            return
        activity_type = self.env.ref(ACTIVITIES[kind])
        on_report = kind == "report"
        # the names, for all at once: activities would fetch them one at a time
        self.report_id.mapped("display_name")
        # nobody follows a document for a reminder on it
        activity_type.with_context(backbone_no_subscription=True)._make_activities(
            (
                row.report_id if on_report else quarter,
                row.employee_id._get_backbone_users(),
                {"date_deadline": dues[row.employee_id.id][kind]},
            )
            for row in self
        )

    # -- mails -------------------------------------------------------------------------

    def _queue_mails(self, quarter, kind, dues):
        """Mails into Odoo's queue; the text is rendered once for each language and due date.

        :return: those who have an address
        """
        template = self.env.ref(TEMPLATES[kind], raise_if_not_found=False)
        partners = {row: self._get_partner(row.employee_id) for row in self}
        reachable = self.filtered(lambda row: partners[row].email)
        if not template or not template.active:
            # HR has switched these mails off
            return reachable
        vals_list = []
        for (lang, note, due), rows in reachable.grouped(
            lambda row: (
                get_reader_lang(partners[row], quarter),
                row.note,
                frozendict(dues[row.employee_id.id]),
            )
        ).items():
            common = self._make_message(template, quarter, lang, note, due)
            vals_list += [
                {**common, "recipient_ids": [Command.link(partners[row].id)]} for row in rows
            ]
        # sudo: the outbox belongs to the system
        self.env["mail.mail"].sudo().create(vals_list)
        return reachable

    @api.model
    def _get_partner(self, employee):
        return self.env["hr.backbone.application"]._get_partner(employee)

    @api.model
    def _make_message(self, template, quarter, lang, note, due):
        """One message for all mails of an occasion in one language: cleaned and stored once.

        It belongs to no document: else every reader of the quarter would read it.

        :return: what the mails have in common
        """
        values = self._render_mail(template, quarter, lang, note, due)
        # sudo: the outbox belongs to the system
        message = self.env["mail.message"].sudo().create(values)
        return {
            "mail_message_id": message.id,
            "body_html": values["body"],
            "auto_delete": template.auto_delete,
        }

    @api.model
    def _render_mail(self, template, quarter, lang, note, due):
        company = quarter.company_id
        template = template.with_context(
            lang=lang,
            backbone_names=Markup("<br/>").join((note or "").splitlines()),
            # what came back is due later than in the quarter
            backbone_due_report=due.get("report"),
            backbone_due_assessment=due.get("assessment"),
            backbone_due_opinion=due.get("opinion"),
        )
        quarter = quarter.with_context(lang=lang)
        [values] = template._generate_template(
            quarter.ids, ("subject", "body_html", "email_from", "reply_to")
        ).values()
        sender = values.get("email_from") or company.email_formatted
        return {
            "subject": values["subject"],
            "body": template._render_encapsulate(
                LAYOUT,
                values["body_html"],
                add_context={
                    "company": company,
                    # in the language of the reader, which the description in the code is not
                    "model_description": self.env["ir.model"]
                    ._get(quarter._name)
                    .with_context(lang=lang)
                    .display_name,
                },
                context_record=quarter,
            ),
            "email_from": sender,
            "reply_to": values.get("reply_to") or sender,
            "author_id": company.partner_id.id,
            "mail_server_id": template.mail_server_id.id,
            "message_type": "email_outgoing",
            # no document, but whose it is: what has not been sent goes with the addon
            "model": self._name,
        }
