from markupsafe import Markup

from odoo import models


class HrBackboneTrainingParticipant(models.Model):
    """What was attended stands in the résumé of `hr_skills`."""

    _inherit = "hr.backbone.training.participant"

    def _write_resume_lines(self):
        """Make sure that whoever attended has a line in the résumé. Called as superuser."""
        rows = self.filtered(lambda row: row.state == "attended" and not row.resume_line_id)
        line_type = self.env.ref("hr_skills.resume_type_training", raise_if_not_found=False)
        lines = self.env["hr.resume.line"].create(
            [
                {
                    "employee_id": row.employee_id.id,
                    "name": row.training_id.name,
                    "date_start": row.training_id.day_start,
                    "date_end": row.training_id.day_end,
                    "line_type_id": line_type and line_type.id,
                    "description": row._get_resume_text(),
                }
                for row in rows
            ]
        )
        for row, line in zip(rows, lines):
            row._write_moved({"resume_line_id": line.id})

    def _update_resume_lines(self):
        """The result came later than the line. Called as superuser."""
        for row in self.filtered("resume_line_id"):
            row.resume_line_id.description = row._get_resume_text()

    def _get_resume_text(self):
        self.ensure_one()
        training = self.training_id
        labels = dict(training._fields["subject"]._description_selection(self.env))
        parts = [
            labels[training.subject],
            self.env._("%s hours", f"{training.hours:g}") if training.hours else "",
            training.provider or training.trainer_id.name or "",
            self.env._("Result: %s of 100", f"{self.score:g}") if self.score else "",
        ]
        return Markup("<p>%s</p>") % " · ".join(filter(None, parts))
