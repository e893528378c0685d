from odoo import Command, models
from odoo.fields import Domain

from .hr_backbone_training_calendar import GOING

# up to this many people are put into the calendar one by one; for more it is written anew
FEW = 50


class HrBackboneTrainingParticipant(models.Model):
    """The participants in the calendar."""

    _inherit = "hr.backbone.training.participant"

    def _get_partners(self):
        """The partners of these participants."""
        find = self.env["hr.backbone.application"].sudo()._get_partner
        return self.env["res.partner"].union(*(find(row.employee_id) for row in self.sudo()))

    def _sync_attendees(self):
        """These participants answered, came or went: the calendar follows."""
        for training, rows in self.sudo().grouped("training_id").items():
            event = training._get_quiet_events()
            if not event or len(rows) > FEW:
                training._sync_event()
                continue
            going = rows.filtered(lambda row: row.state in GOING)
            come = going._get_partners() - event.partner_ids
            gone = (rows - going)._get_partners() - training._get_trainer_partner()
            gone &= event.partner_ids
            if come or gone:
                commands = [Command.link(partner.id) for partner in come]
                commands += [Command.unlink(partner.id) for partner in gone]
                event.write({"partner_ids": commands})
            going._show_answers()

    def _show_answers(self):
        """Show in the calendar who of these has confirmed."""
        attendees = self.env["calendar.attendee"].sudo()
        sure = self.filtered(lambda row: row.state != "invited")
        for rows, state in ((sure, "accepted"), (self - sure, "needsAction")):
            if rows:
                domain = Domain("event_id", "in", rows.training_id.event_id.ids)
                domain &= Domain("partner_id", "in", rows._get_partners().ids)
                others = attendees.search(domain & Domain("state", "!=", state))
                others.write({"state": state})
