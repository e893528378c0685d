# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import models

from ..models.quarter.hr_backbone_report import CONTENT


class ReportReport(models.AbstractModel):
    """The printed work-and-study report; part A of the assessment form is the same."""

    _name = "report.hr_backbone_training.report_report"
    _description = "Work and Study Report"
    _inherit = "hr.backbone.form.mixin"

    _document = "hr.backbone.report"

    def _prepare_form(self, doc):
        return {
            **super()._prepare_form(doc),
            **self._get_person(doc, self._get_mentor_name(doc)),
            "self_report": self._get_self_report(doc),
            "score": f"{doc.score:g}" if doc.state == "accepted" else "",
            "accepted": self._format_date(doc.date_accepted),
            "signatories": [
                (self.env._("Employee"), doc._get_fact("person", doc.employee_id.name)),
                (
                    self.env._("Human Resources"),
                    doc._get_fact("hr", doc.quarter_id.program_id.user_id.name),
                ),
            ],
            "signed": [None, None],
        }

    def _get_mentor_name(self, doc):
        """The mentor on the day of submission; the one of now, until then; of a report that was
        never submitted, whoever owed the assessment."""
        if doc.facts or not doc.is_closed:
            return doc._get_fact("mentor", doc.member_id.mentor_id.name)
        assessments = doc.env["hr.backbone.assessment"].search(
            [("quarter_id", "=", doc.quarter_id.id), ("member_id", "=", doc.member_id.id)]
        )
        return assessments.mentor_id.name

    def _get_self_report(self, report):
        """What the member reports, ready to be set; without a report, rows to write on.

        :param report: one report, as superuser, or none
        """
        labels = {name: report._fields[name]._description_string(report.env) for name in CONTENT}
        return {
            "date": self._format_date(report.date_submitted),
            "is_late": report.is_late,
            "happened": [
                {
                    "kind": entry.kind_label,
                    "name": self._format_text(entry.name),
                    "detail": entry.detail,
                    "note": self._format_text(entry.note),
                }
                for entry in report.entry_ids
                if entry.is_included
            ],
            "texts": [(labels[name], self._format_text(report[name])) for name in CONTENT],
        }

    def _get_person(self, doc, mentor):
        """The head of a form of a quarter.

        :param doc: a report or an assessment, as superuser
        :param str mentor: whom the form names as the mentor
        """
        employee = doc.employee_id
        return {
            "number": doc.quarter_id.name,
            "quarter": doc.quarter_id.name,
            "date_start": self._format_date(doc.quarter_id.date_start),
            "date_end": self._format_date(doc.quarter_id.date_end),
            "program": doc.quarter_id.program_id.name,
            "submitted": self._format_date(doc.date_submitted),
            "person": doc._get_fact("person", employee.name),
            "department": doc.department_id.name,
            "post": doc.job_id.name,
            "rank": doc.rank_id.name,
            "echelon": doc.echelon_id.name,
            "photo": self._get_photo(employee),
            "mentor": mentor,
        }
