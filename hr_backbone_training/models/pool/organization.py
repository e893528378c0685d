# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models

POST = {"department_id", "job_id"}


class HrVersion(models.Model):
    """Another department or post for a member: the pool shows today's."""

    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        versions._follow_in_pool()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if POST & set(vals):
            self._follow_in_pool()
        return result

    def _follow_in_pool(self):
        # whose version it is need not be read where nobody is in the pool
        members = self.env["hr.backbone.member"]
        known = members._get_pool_ids()
        if known and (ids := known.intersection(self.employee_id.ids)):
            members._follow_posts([("employee_id", "in", list(ids))])


class HrJob(models.Model):
    """Another rank for everybody in the job."""

    _inherit = "hr.job"

    def write(self, vals):
        result = super().write(vals)
        members = self.env["hr.backbone.member"]
        if "backbone_rank_id" in vals and members._get_pool_ids():
            members._follow_posts([("job_id", "in", self.ids)])
        return result
