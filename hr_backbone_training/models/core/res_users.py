from odoo import models
from odoo.fields import Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    # -- what waits --------------------------------------------------------------------

    def _get_backbone_todo(self, limit=20):
        """What waits for the user in the scheme, most urgent first, for the top of the own
        page.

        :param int limit: how many of each kind are listed at the most
        :return: [{"title", "text", "button", "url"}]
        """
        self.ensure_one()
        return [
            *self._get_backbone_plans_todo(limit),
            *self._get_backbone_cases_todo(limit),
            *self._get_backbone_meetings_todo(limit),
            *self._get_backbone_signatures_todo(limit),
        ]

    def _get_backbone_plans_todo(self, limit):
        plans = self.env["hr.backbone.plan"].search(self._get_backbone_plans_domain(), limit=limit)
        return [
            {
                "title": self.env._("Write and submit your personal development plan")
                if not plan.previous_id
                else self.env._("Revise and submit your personal development plan"),
                "text": self.env._(
                    "Your department recommends you. The recommendation goes on once you have "
                    "submitted the plan."
                )
                if not plan.previous_id
                else plan._get_returned_comment()
                or self.env._("The plan in force stays until the revision takes its place."),
                "button": self.env._("Open my plan"),
                "url": plan.access_url,
            }
            for plan in plans
        ]

    def _get_backbone_cases_todo(self, limit):
        applications = self.env["hr.backbone.application"]
        todo = []
        for record in applications.search(applications._get_awaiting_domain(), limit=limit):
            # sudo: the name of the person of a case that the user may read
            name = record.sudo().employee_id.name
            if record.state == "draft":
                todo.append(
                    {
                        "title": self.env._("Complete and submit: %s", name),
                        "text": self.env._("The development plan has been submitted."),
                        "button": self.env._("Open the application"),
                        "url": record.access_url,
                    }
                )
            else:
                todo.append(
                    {
                        "title": self.env._("Approve, return or refuse: %s", name),
                        "text": record.sudo().echelon_id.name,
                        "button": self.env._("Open the case"),
                        "url": record.access_url,
                    }
                )
        return todo

    def _get_backbone_meetings_todo(self, limit):
        meetings = self.env["hr.backbone.meeting"]
        if not meetings.has_access("read"):
            return []
        return [
            {
                "title": self.env._("Vote on the names: %s", meeting.name),
                "text": self.env._("The meeting is in session."),
                "button": self.env._("Open the meeting"),
                "url": meeting.access_url,
            }
            for meeting in meetings.search(self._get_backbone_meetings_domain(), limit=limit)
        ]

    def _get_backbone_signatures_todo(self, limit):
        todo = []
        for documents in self._get_backbone_to_sign():
            for record in documents.search(documents._get_to_sign_domain(), limit=limit):
                if record.employee_id.id in self._get_backbone_own():
                    title = self.env._("Sign your development plan")
                elif record._name == "hr.backbone.plan":
                    title = self.env._("Sign the development plan: %s", record.employee_id.name)
                else:
                    title = self.env._("Sign the application: %s", record.employee_id.name)
                todo.append(
                    {
                        "title": title,
                        "text": self.env._("Your signature is missing on the form."),
                        "button": self.env._("Open and sign"),
                        "url": f"{record.access_url}#signatures",
                    }
                )
        return todo

    def _get_backbone_to_sign(self):
        """The models whose documents are signed online, as superuser: the domain of what is
        to be signed is the check; a portal user cannot search through signatures."""
        if not self._get_backbone_own():
            return []
        # sudo: see above
        return [self.env[name].sudo() for name in ("hr.backbone.application", "hr.backbone.plan")]

    def _get_backbone_plans_domain(self):
        return [("employee_id", "in", self._get_backbone_own()), ("state", "=", "draft")]

    def _get_backbone_meetings_domain(self):
        """Meetings in session with a name on which the user's vote is missing."""
        missing = (
            ~Domain("vote_ids", "any", [("user_id", "=", self.id)])
            & Domain("application_id.employee_id", "not in", self._get_backbone_own())
            & Domain("application_id.recommender_id", "not in", self._get_backbone_own())
        )
        return (
            Domain("state", "=", "open")
            & Domain("attendee_ids", "in", self.id)
            & Domain("item_ids", "any", missing)
        )

    def _count_backbone_todo(self):
        """How many things wait for the user."""
        self.ensure_one()
        applications = self.env["hr.backbone.application"]
        count = applications.search_count(applications._get_awaiting_domain())
        count += self.env["hr.backbone.plan"].search_count(self._get_backbone_plans_domain())
        if self.env["hr.backbone.meeting"].has_access("read"):
            domain = self._get_backbone_meetings_domain()
            count += self.env["hr.backbone.meeting"].search_count(domain)
        for documents in self._get_backbone_to_sign():
            count += documents.search_count(documents._get_to_sign_domain())
        return count

    # -- who -----------------------------------------------------------------------------

    def _get_backbone_own(self):
        """The ids of the user's own employees: a portal user cannot search through them."""
        self.ensure_one()
        # sudo: who is the user of an employee
        return self.sudo().with_context(active_test=False).employee_ids.ids

    def _is_backbone_concerned(self):
        """Whether the pages are the user's: every employee may read the notices, and the
        committee has its meetings."""
        self.ensure_one()
        # sudo: whether the user is an employee at all
        return bool(self.sudo().employee_ids) or self.has_group(
            "hr_backbone_training.group_hr_backbone_committee"
        )

    def _get_backbone_people_domain(self, search=None):
        domain = self.env["hr.backbone.application"]._get_managed_domain()
        domain &= Domain("company_id", "in", self.env.companies.ids)
        if search:
            domain &= (
                Domain("name", "ilike", search)
                | Domain("job_id.name", "ilike", search)
                | Domain("department_id.name", "ilike", search)
            )
        return domain

    def _get_backbone_people(self, search=None, limit=None, offset=0):
        """The employees whom the user may recommend, with their departments and below.

        :param str search: part of a name, a post or a department
        :return: `hr.employee`, as superuser: names and departments are shown, no more
        """
        self.ensure_one()
        # sudo: the domain is the check: people of the user's own departments
        employees = self.env["hr.employee"].sudo()
        return employees.search(
            self._get_backbone_people_domain(search), order="name, id", limit=limit, offset=offset
        )

    def _count_backbone_people(self, search=None):
        # sudo: see `_get_backbone_people`
        return self.env["hr.employee"].sudo().search_count(self._get_backbone_people_domain(search))

    def _get_backbone_person(self, employee_id):
        """The one of the user's people with this number, as a page sent it; or none."""
        number = str(employee_id)
        if not number.isdecimal() or int(number) >= 2**31:
            return self.env["hr.employee"]
        domain = self._get_backbone_people_domain() & Domain("id", "=", int(number))
        # sudo: see `_get_backbone_people`
        return self.env["hr.employee"].sudo().search(domain, limit=1).sudo(False)
