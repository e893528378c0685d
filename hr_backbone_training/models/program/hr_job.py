# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, fields, models
from odoo.exceptions import UserError


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

    def write(self, vals):
        """The rank is set by HR, also where another app (Recruitment does) has taken the jobs
        over from HR; nothing else of the job becomes writable.

        :raise AccessError: of a job or a rank that the user may not read
        :raise UserError: the user's own documents depend on the rank
        """
        if "backbone_rank_id" in vals:
            self._check_own_rank(vals["backbone_rank_id"])
        # an import says which job it is among the values
        if set(vals) - {"id"} == {"backbone_rank_id"} and self._may_set_rank_only():
            self.check_access("read")
            self._check_named([vals])
            # sudo: the rank alone, of jobs that HR reads, was asked just before
            return super(HrJob, self.sudo()).write(vals)
        return super().write(vals)

    def _check_own_rank(self, rank):
        """Nobody in HR gives another rank to the job that they have, as nobody moves themselves
        into another job (`hr.version`).

        :param rank: the id of the rank that is written, or none
        """
        versions = self.env["hr.version"]
        if versions._is_backbone_free():
            return
        me = versions._get_backbone_me()._filtered_access("read")
        mine = me.filtered(
            lambda one: one.job_id in self and one.job_id.backbone_rank_id.id != (rank or False)
        )
        if mine and me.env["hr.backbone.person.mixin"]._find_people(mine):
            raise UserError(
                self.env._(
                    "You cannot change the rank of your own post: your documents of Backbone "
                    "Training depend on it. Ask another person in human resources."
                )
            )

    @api.model
    def _may_set_rank_only(self):
        """Whether the user is of HR, and keeps no jobs: as long as no other app says otherwise,
        HR does both."""
        return (
            not self.env.su
            and self.env.user.has_group("hr.group_hr_user")
            and not self.has_access("write")
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

    @api.model
    def load(self, fields, data):
        """A list of ranks names the jobs: a job that exists gets its rank, and is not made
        a second time. Any other list is loaded as Odoo does."""
        names = {field.partition("/")[0] for field in fields}
        if {"name", "backbone_rank_id"} <= names and not {"id", ".id"} & names:
            column = fields.index("name")
            wanted = [row[column] for row in data]
            jobs = self._find_jobs_by_name(set(wanted))
            messages = self._get_ambiguous_jobs(jobs, wanted)
            ranks_only = self._may_set_rank_only()
            if ranks_only:
                messages += self._get_unknown_jobs(jobs, wanted)
            if messages:
                return {"ids": False, "messages": messages, "nextrow": 0}
            ids = [str(jobs.get(name, self.browse()).id or "") for name in wanted]
            if ranks_only:
                # the name has found the job, and is not written
                fields = [name for name in fields if name != "name"]
                data = [[*row[:column], *row[column + 1 :]] for row in data]
            fields = [".id", *fields]
            data = [[number, *row] for number, row in zip(ids, data, strict=True)]
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
            self._get_row_error(
                index,
                self.env._(
                    "%(count)s jobs are called “%(name)s”: give the External ID of the one "
                    "that is meant.",
                    count=len(jobs[name]),
                    name=name,
                ),
            )
            for index, name in enumerate(names)
            if len(jobs.get(name, ())) > 1
        ]

    @api.model
    def _get_unknown_jobs(self, jobs, names):
        return [
            self._get_row_error(
                index,
                self.env._(
                    "There is no job called “%s”: correct the name, or ask whoever keeps the "
                    "job positions to create it.",
                    name,
                ),
            )
            for index, name in enumerate(names)
            if name not in jobs
        ]

    @api.model
    def _get_row_error(self, index, message):
        """What the import screen shows beside one row of the list."""
        return {
            "type": "error",
            "record": index,
            "rows": {"from": index, "to": index},
            "field": "name",
            "message": message,
        }
