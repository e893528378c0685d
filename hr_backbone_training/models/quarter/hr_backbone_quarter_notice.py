from odoo import api, fields, models
from odoo.tools import SQL

# how many people are told at once, in the transaction of whoever asks; more are left to the job
TELL_NOW = 20


class HrBackboneQuarterNotice(models.Model):
    """What a person is told about a quarter: one row for each person and occasion.

    It is the outbox, and the memory of it. A row is made in the same statement for all people
    concerned; it becomes `told` in the transaction that makes the activity or queues the mail.
    A job that is killed half-way neither forgets anyone nor tells anyone twice, and a mentor of
    ten members is told once.
    """

    _name = "hr.backbone.quarter.notice"
    _description = "Notice about a Quarter"
    _order = "quarter_id desc, id"
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
            ("told", "Told"),
            ("settled", "Settled before"),
            ("unreachable", "No login and no address"),
        ],
        "Status",
        required=True,
        readonly=True,
        index=True,
    )

    _person_uniq = models.UniqueIndex(
        "(quarter_id, employee_id, kind)", "A person is told once of each occasion."
    )

    @api.model
    def _ask(self, kind, date, rows, again=None):
        """Make sure that these people are told of an occasion.

        :param str kind: the occasion
        :param SQL date: today, where the company of the row is
        :param SQL rows: a query of (quarter_id, company_id, employee_id, report_id, note)
        :param SQL again: when someone who was told before (`n`; the new row is `excluded`) is
            told once more; never by default
        :return: the notices that are waiting now because of it
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """INSERT INTO hr_backbone_quarter_notice AS n
                          (quarter_id, company_id, employee_id, report_id, note, kind, date,
                           state, create_uid, create_date, write_uid, write_date)
                   SELECT r.quarter_id, r.company_id, r.employee_id, r.report_id, r.note,
                          %(kind)s, %(date)s, 'waiting',
                          %(uid)s, now() AT TIME ZONE 'UTC', %(uid)s, now() AT TIME ZONE 'UTC'
                     FROM (%(rows)s) r (quarter_id, company_id, employee_id, report_id, note)
                    ORDER BY r.quarter_id, r.employee_id
                   ON CONFLICT (quarter_id, employee_id, kind) DO UPDATE
                      SET state = 'waiting', date = excluded.date, note = excluded.note,
                          report_id = excluded.report_id, write_date = excluded.write_date
                    WHERE n.state != 'waiting' AND %(again)s
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

    def _tell_soon(self):
        """A few are told at once; many by the job, so that nobody waits for it."""
        if len(self) <= TELL_NOW:
            self._tell()
        else:
            self.env.ref("hr_backbone_training.ir_cron_backbone_quarter_notice")._trigger()

    @api.model
    def _cron_tell(self, batch_size=500):
        """Tell everyone who waits, a batch at a time; run again, it goes on where it stopped.
        Two workers share the work: neither waits for what the other has in hand."""
        last = 0
        domain = [("state", "=", "waiting")]
        while rows := self.search([*domain, ("id", ">", last)], limit=batch_size, order="id"):
            last = rows[-1].id
            rows = rows.try_lock_for_update(allow_referencing=True)
            # told meanwhile, by someone who committed before we had the lock
            rows.invalidate_recordset(["state"])
            rows = rows.filtered(lambda row: row.state == "waiting")
            rows._tell()
            remaining = self.search_count([*domain, ("id", ">", last)])
            if not self.env["ir.cron"]._commit_progress(len(rows), remaining=remaining):
                break
