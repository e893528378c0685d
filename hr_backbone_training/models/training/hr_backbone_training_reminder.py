from odoo import api, models


class HrBackboneTraining(models.Model):
    """ "Every quarter", "at least once a year": HR hears of it when that is not so."""

    _inherit = "hr.backbone.training"

    @api.model
    def _cron_remind(self, batch_size=50):
        """Make sure that the HR of each running program has been told, once, of a quarter
        without an internal session and of members without an external opportunity."""
        domain = [("state", "=", "running")]
        last = 0
        programs = self.env["hr.backbone.program"]
        while found := programs.search([*domain, ("id", ">", last)], order="id", limit=batch_size):
            last = found[-1].id
            locked = found.try_lock_for_update(allow_referencing=True)
            for company, batch in locked.grouped("company_id").items():
                batch.sorted("year")[-1:]._remind_of_training(company._backbone_today())
            remaining = programs.search_count([*domain, ("id", ">", last)])
            if not self.env["ir.cron"]._commit_progress(len(locked), remaining=remaining):
                break

    def _finish_quarter_reminders(self):
        """An internal session was announced: what reminded of it is done."""
        # sudo: the reminders of HR
        programs = self.env["hr.backbone.program"].sudo()
        programs = programs.search([("company_id", "in", self.company_id.ids)])
        programs._finish_met_reminders()
