from odoo import api, fields, models


class HrJob(models.Model):
    _inherit = "hr.job"

    backbone_rank_id = fields.Many2one(
        "hr.backbone.rank",
        "Backbone Rank",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Decides for which echelon people in this job may be recommended, and "
        "whether they may be mentors.",
    )

    @api.model
    def get_import_templates(self):
        """Odoo's import screen offers the template for the ranks of jobs."""
        return [
            *super().get_import_templates(),
            {
                "label": self.env._("Import Template for the Ranks of Jobs"),
                "template": "/hr_backbone_training/static/xls/hr_job_rank.xlsx",
            },
        ]
