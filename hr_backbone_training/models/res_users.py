from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_backbone_todo(self, limit=20):
        """What waits for the user in the scheme, most urgent first, for the card of `/my`
        and the top of the own page.

        :param int limit: how many of each kind are listed at the most
        :return: list of (sentence, address)
        """
        self.ensure_one()
        env = self.env(user=self, su=False)
        todo = [
            (self.env._("Write and submit your personal development plan"), plan.access_url)
            for plan in env["hr.backbone.plan"].search(
                [("employee_id.user_id", "=", self.id), ("state", "=", "draft")], limit=limit
            )
        ]
        applications = env["hr.backbone.application"]
        for record in applications.search(applications._get_awaiting_domain(), limit=limit):
            if record.state == "draft":
                sentence = self.env._("Complete and submit: %s", record.display_name)
            else:
                sentence = self.env._("Approve, return or refuse: %s", record.display_name)
            todo.append((sentence, record.access_url))
        meetings = env["hr.backbone.meeting"]
        if meetings.has_access("read"):
            todo += [
                (self.env._("Vote on the names: %s", meeting.name), meeting.access_url)
                for meeting in meetings.search(
                    [("state", "=", "open"), ("attendee_ids", "in", self.id)], limit=limit
                )
            ]
        return todo

    def _count_backbone_todo(self):
        """How many things wait for the user."""
        self.ensure_one()
        env = self.env(user=self, su=False)
        applications = env["hr.backbone.application"]
        count = applications.search_count(applications._get_awaiting_domain())
        count += env["hr.backbone.plan"].search_count(
            [("employee_id.user_id", "=", self.id), ("state", "=", "draft")]
        )
        if env["hr.backbone.meeting"].has_access("read"):
            count += env["hr.backbone.meeting"].search_count(
                [("state", "=", "open"), ("attendee_ids", "in", self.id)]
            )
        return count

    def _is_backbone_concerned(self):
        """Whether the card is shown: every employee may read the notices."""
        self.ensure_one()
        # sudo: whether the user is an employee at all
        return bool(self.sudo().employee_ids)

    def _get_backbone_people(self, search=None):
        """The employees whom the user may recommend, with their departments and below.

        :param str search: part of a name
        :return: `hr.employee`, as superuser: names and departments are shown, no more
        """
        self.ensure_one()
        domain = self.env["hr.backbone.application"]._get_managed_domain()
        if search:
            domain &= Domain("name", "ilike", search)
        # sudo: the domain is the check: people of the user's own departments
        return self.env["hr.employee"].sudo().search(domain, order="name")
