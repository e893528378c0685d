from markupsafe import Markup

from odoo import api, fields, models

TABLE = Markup(
    '<table class="table table-sm mb-0"><thead><tr><th>%(way)s</th>'
    '<th class="text-end">%(promised)s</th><th class="text-end">%(done)s</th>'
    '<th class="text-end">%(late)s</th><th class="w-25">%(progress)s</th></tr></thead>'
    "<tbody>%(rows)s</tbody></table>"
)
ROW = Markup(
    '<tr><td>%(label)s</td><td class="text-end">%(promised)s</td>'
    '<td class="text-end">%(done)s</td><td class="text-end %(tone)s">%(late)s</td>'
    '<td class="align-middle"><div class="progress" role="progressbar" aria-label="%(label)s" '
    'aria-valuemin="0" aria-valuemax="100" aria-valuenow="%(progress)d">'
    '<div class="progress-bar text-bg-success" style="width: %(progress)d%%">'
    "%(progress)d %%</div></div></td></tr>"
)


class HrBackbonePlan(models.Model):
    """The plan at a glance, by way of training, as the portal shows it too."""

    _inherit = "hr.backbone.plan"

    summary = fields.Html(
        "By Method",
        compute="_compute_summary",
        sanitize=False,
        help="What the plan promises, what of it is done, and how many actions are late.",
    )

    @api.depends(
        "state", "line_ids.method", "line_ids.quantity", "line_ids.progress", "line_ids.date_due"
    )
    @api.depends_context("lang")
    def _compute_summary(self):
        """Drawn from numbers and the names of the ways: nothing that anybody typed."""
        for plan in self:
            rows = Markup("").join(
                ROW % {**way, "tone": "text-danger fw-bold" if way["late"] else ""}
                for way in plan._get_summary()
            )
            plan.summary = rows and TABLE % {
                "way": self.env._("Method"),
                "promised": self.env._("Promised"),
                "done": self.env._("Done"),
                "late": self.env._("Late actions"),
                "progress": self.env._("Progress"),
                "rows": rows,
            }
