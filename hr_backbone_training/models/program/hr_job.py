from odoo import api, fields, models


class HrJob(models.Model):
    _name = "hr.job"
    _inherit = ["hr.job", "hr.backbone.named.mixin"]

    _guarded_fields = ("backbone_rank_id",)

    backbone_rank_id = fields.Many2one(
        "hr.backbone.rank",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Decides for which echelon people in this job may be recommended, and "
        "whether they may be mentors.",
    )

    @api.constrains("backbone_rank_id", "company_id")
    def _check_backbone_rank_company(self):
        self.filtered("backbone_rank_id")._check_company(["backbone_rank_id"])

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

    @api.model
    def load(self, fields, data):
        """A list of ranks names the jobs: a job that exists gets its rank, and is not made
        a second time. Any other list is loaded as Odoo does."""
        names = {field.partition("/")[0] for field in fields}
        if {"name", "backbone_rank_id"} <= names and not {"id", ".id"} & names:
            column = fields.index("name")
            jobs = self._find_jobs_by_name({row[column] for row in data})
            if messages := self._get_ambiguous_jobs(jobs, [row[column] for row in data]):
                return {"ids": False, "messages": messages, "nextrow": 0}
            fields = [".id", *fields]
            data = [[str(jobs.get(row[column], self.browse()).id or ""), *row] for row in data]
        return super().load(fields, data)

    @api.model
    def _find_jobs_by_name(self, names):
        """{name: the jobs of the current company that are called so}"""
        jobs = self.search(
            [("name", "in", list(names)), ("company_id", "in", [False, self.env.company.id])]
        )
        return jobs.grouped("name")

    @api.model
    def _get_ambiguous_jobs(self, jobs, names):
        return [
            {
                "type": "error",
                "record": index,
                "rows": {"from": index, "to": index},
                "field": "name",
                "message": self.env._(
                    "%(count)s jobs are called “%(name)s”: give the External ID of the one "
                    "that is meant.",
                    count=len(jobs[name]),
                    name=name,
                ),
            }
            for index, name in enumerate(names)
            if len(jobs.get(name, ())) > 1
        ]
