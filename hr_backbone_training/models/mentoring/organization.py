# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo import api, models

# what changes in the organization, and may end a mentorship: one small class for each model


# by which an employee leaves: on a day, or for another company of the group
GONE = {"departure_date", "company_id"}


class HrEmployee(models.Model):
    """Whoever leaves is no mentor any more, the same day; and a mentor is never the member's
    own report, however the company is organized anew."""

    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False or not GONE.isdisjoint(vals):
            self._trigger_mentorships()
        elif "parent_id" in vals:
            # it may concern whoever reports to these
            self.env["hr.backbone.mentorship"]._trigger_end()
        return result

    def _trigger_mentorships(self):
        mentorships = self.env["hr.backbone.mentorship"]
        if not mentorships._get_concerned_ids().isdisjoint(self._ids):
            mentorships._trigger_end()


class HrDepartment(models.Model):
    """Another manager of a department, or of one above it."""

    _inherit = "hr.department"

    def write(self, vals):
        result = super().write(vals)
        if {"manager_id", "parent_id"} & set(vals):
            self.env["hr.backbone.mentorship"]._trigger_end()
        return result


class HrVersion(models.Model):
    """Another job may be another rank, another department has another manager."""

    _inherit = "hr.version"

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        versions._trigger_mentorships()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if {"job_id", "department_id", "date_version", "departure_date"} & set(vals):
            self._trigger_mentorships()
        return result

    def _trigger_mentorships(self):
        # whose version it is need not be read where nobody is mentored
        if self.env["hr.backbone.mentorship"]._get_concerned_ids():
            self.employee_id._trigger_mentorships()


class HrJob(models.Model):
    """Another rank for everybody in the job."""

    _inherit = "hr.job"

    def write(self, vals):
        result = super().write(vals)
        if "backbone_rank_id" in vals:
            self.env["hr.backbone.mentorship"]._trigger_end()
        return result


class HrBackboneRank(models.Model):
    """Whether a rank may mentor, and above which others it stands."""

    _inherit = "hr.backbone.rank"

    def write(self, vals):
        result = super().write(vals)
        if {"can_mentor", "sequence"} & set(vals):
            self.env["hr.backbone.mentorship"]._trigger_end()
        return result
