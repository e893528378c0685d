from odoo import models
from odoo.tools import SQL


class HrBackboneQuarter(models.Model):
    """The documents of a quarter, made for all members at once: two statements, whatever the
    number of members. What is there already stays as it is."""

    _inherit = "hr.backbone.quarter"

    def _make_documents(self, members=None):
        """Make sure that each active member has a report and an assessment in draft.

        :param members: only for these; for all by default
        :return: (reports, assessments) that were made
        """
        self.env.flush_all()
        reports, assessments = [], []
        for quarter in self:
            if quarter.state != "open":
                continue
            reports += quarter._insert_reports(members)
            fresh = quarter._insert_assessments(members)
            quarter._insert_assessment_lines(fresh)
            assessments += fresh
        self.invalidate_recordset(["report_ids", "assessment_ids"])
        made = (
            self.env["hr.backbone.report"].browse(reports),
            self.env["hr.backbone.assessment"].browse(assessments),
        )
        self._on_documents_made(*made)
        return made

    def _on_documents_made(self, reports, assessments):
        """People are asked for these; for the models later in the flow to extend."""

    def _insert_reports(self, members):
        return self._insert("hr_backbone_report", self.date_due_report, members)

    def _insert_assessments(self, members):
        return self._insert(
            "hr_backbone_assessment",
            self.date_due_assessment,
            members,
            {"mentor_id": SQL("m.mentor_id")},
        )

    def _insert(self, table, due, members, extra=None):
        """One draft for each active member that has none, with the person's department, post
        and rank as they stand."""
        columns = {
            "quarter_id": SQL("%s", self.id),
            "member_id": SQL("m.id"),
            "employee_id": SQL("m.employee_id"),
            "company_id": SQL("m.company_id"),
            "echelon_id": SQL("m.echelon_id"),
            "department_id": SQL("v.department_id"),
            "job_id": SQL("v.job_id"),
            "rank_id": SQL("j.backbone_rank_id"),
            "state": SQL("'draft'"),
            "date_due": SQL("%s", due),
            "is_late": SQL("FALSE"),
            "is_closed": SQL("FALSE"),
            "create_uid": SQL("%s", self.env.uid),
            "create_date": SQL("now() AT TIME ZONE 'UTC'"),
            "write_uid": SQL("%s", self.env.uid),
            "write_date": SQL("now() AT TIME ZONE 'UTC'"),
            **(extra or {}),
        }
        self.env.cr.execute(
            SQL(
                """INSERT INTO %(table)s (%(columns)s)
                   SELECT %(values)s
                     FROM hr_backbone_member m
                     JOIN hr_employee e ON e.id = m.employee_id
                     LEFT JOIN hr_version v ON v.id = e.current_version_id
                     LEFT JOIN hr_job j ON j.id = v.job_id
                    WHERE m.company_id = %(company)s
                      AND m.state = 'active'
                      AND m.date_admitted <= %(end)s
                      AND %(members)s
                    ORDER BY m.id
                   ON CONFLICT (quarter_id, member_id) DO NOTHING
                   RETURNING id""",
                table=SQL.identifier(table),
                columns=SQL(", ").join(SQL.identifier(name) for name in columns),
                values=SQL(", ").join(columns.values()),
                company=self.company_id.id,
                end=self.date_end,
                members=SQL("TRUE") if members is None else SQL("m.id = ANY(%s)", members.ids),
            )
        )
        return [row[0] for row in self.env.cr.fetchall()]

    def _insert_assessment_lines(self, assessment_ids):
        """The criteria of each one's echelon, as they stand in the program: a snapshot."""
        if not assessment_ids:
            return
        lang = self.company_id.partner_id.lang or "en_US"
        self.env.cr.execute(
            SQL(
                """INSERT INTO hr_backbone_assessment_line
                          (assessment_id, criterion_id, sequence, name, anchor, weight,
                           company_id, create_uid, create_date, write_uid, write_date)
                   SELECT a.id, c.id, c.sequence,
                          COALESCE(c.name->>%(lang)s, c.name->>'en_US'),
                          COALESCE(c.anchor->>%(lang)s, c.anchor->>'en_US'), c.weight,
                          a.company_id, a.create_uid, a.create_date, a.write_uid, a.write_date
                     FROM hr_backbone_assessment a
                     JOIN hr_backbone_criterion c ON c.echelon_id = a.echelon_id
                    WHERE a.id = ANY(%(ids)s) AND %(criteria)s
                    ORDER BY a.id, c.sequence, c.id""",
                lang=lang,
                ids=assessment_ids,
                criteria=self._get_criteria_condition(),
            )
        )

    def _get_criteria_condition(self):
        """The criteria of the program; of an echelon that has none there, the usual ones."""
        return SQL(
            """(c.program_id = %(program)s OR (c.program_id IS NULL AND NOT EXISTS (
                   SELECT 1 FROM hr_backbone_criterion p
                    WHERE p.program_id = %(program)s AND p.echelon_id = c.echelon_id)))""",
            program=self.program_id.id or 0,
        )
