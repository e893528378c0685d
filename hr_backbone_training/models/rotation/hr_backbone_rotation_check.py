from collections import defaultdict
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from .hr_backbone_rotation import TAKEN

# whoever is in a place of the host department on the days of the rotation
SEATED = ("agreed", "running", "evaluation", "done")


class HrBackboneRotation(models.Model):
    """What must be true of a rotation: another post, dates of its own, a free place."""

    _inherit = "hr.backbone.rotation"

    # -- asking ------------------------------------------------------------------------

    def _get_missing_content(self):
        """{input: why it cannot be asked for without it}"""
        self.ensure_one()
        sentences = {
            "host_department_id": self.env._("Choose the host department."),
            "host_job_id": self.env._("Choose the post."),
            "date_start": self.env._("Give the first day."),
            "date_end": self.env._("Give the last day."),
            "objectives": self.env._("Write down what the member should learn."),
        }
        return {
            name: sentence
            for name, sentence in sentences.items()
            if not (self[name].strip() if isinstance(self[name], str) else self[name])
        }

    def _refusals_request(self):
        """Asked for by HR, the member or a manager: another post, a host who can agree,
        days that are not over and on which the member is in no other rotation."""
        overlaps = self._get_overlaps()
        refusals = {}
        for record in self:
            if reason := record._get_asking_refusal():
                refusals[record] = [reason]
                continue
            if missing := record._get_missing_content():
                refusals[record] = [*missing.values()]
                continue
            sentences = (
                record._get_post_refusal(),
                record._get_host_missing_sentence(),
                record._get_past_refusal(),
                overlaps.get(record),
            )
            refusals[record] = [sentence for sentence in sentences if sentence]
        return refusals

    def _get_post_refusal(self):
        """ "In relevant positions": another department, or another post of one's own."""
        # sudo: where the person works now
        employee = self.employee_id.sudo()
        same = (self.host_department_id, self.host_job_id) == (
            employee.department_id.sudo(False),
            employee.job_id.sudo(False),
        )
        return same and self.env._("%s works in this post of this department.", employee.name)

    def _get_host_missing_sentence(self):
        """Why this host cannot agree and score: a sentence, or False."""
        # sudo: names of the people of this document
        host, member = self.host_id.sudo(), self.employee_id.sudo()
        if not host:
            return self.env._(
                "No manager of “%s” or above it has a login: HR names the host.",
                self.host_department_id.sudo().name,
            )
        if host == member or host.user_id == member.user_id:
            return self.env._("Nobody is the own host.")
        if not self._can_act(host):
            return self.env._("%s has left or has no login and so cannot be the host.", host.name)
        return False

    def _get_past_refusal(self):
        if self.date_end and self.date_end < self.company_id._backbone_today():
            return self.env._(
                "The last day, %s, is over already.", format_date(self.env, self.date_end)
            )
        return False

    def _get_overlaps(self, states=TAKEN):
        """{record: the rotation of the same member that some of its days belong to}

        :param states: in which another rotation counts
        """
        dated = self.filtered(lambda record: record.date_start and record.date_end)
        if not dated:
            return {}
        # sudo: the member's other rotations count whoever looks; dates are told, no more
        others = self.sudo().search_fetch(
            Domain("member_id", "in", dated.member_id.ids)
            & Domain("state", "in", states)
            & Domain("date_end", ">=", min(dated.mapped("date_start")))
            & Domain("date_start", "<=", max(dated.mapped("date_end"))),
            ["member_id", "date_start", "date_end", "host_department_id"],
        )
        by_member = defaultdict(list)
        for other in others:
            by_member[other.member_id.id].append(other)
        overlaps = {}
        for record in dated:
            before = by_member[record.member_id.id]
            for other in before:
                if other.id != record.id and other._meets(record.date_start, record.date_end):
                    overlaps[record] = record._get_overlap_sentence(other)
                    break
            before.append(record.sudo())
        return overlaps

    def _meets(self, start, end):
        """Whether it has a day in common with these, both included."""
        return self.date_start <= end and start <= self.date_end

    def _get_overlap_sentence(self, other):
        return self.env._(
            "%(member)s is in “%(department)s” from %(start)s to %(end)s: two rotations never "
            "share a day.",
            member=other.employee_id.name,
            department=other.host_department_id.name,
            start=format_date(self.env, other.date_start),
            end=format_date(self.env, other.date_end),
        )

    # -- agreeing ----------------------------------------------------------------------

    def _refusals_agree(self):
        """By the member's manager and the host, where a place is free."""
        full = self._get_full_departments()
        refusals = {}
        for record in self:
            if record._is_about_me():
                refusals[record] = [self.env._("Nobody decides on their own case.")]
            elif not record._get_agreement_vals():
                refusals[record] = [record._get_agreement_refusal()]
            else:
                # sudo: whether the person is in the talent pool
                inactive = record.member_id.sudo().state != "active"
                sentences = (
                    inactive and record._get_asking_refusal(),
                    record._get_host_missing_sentence(),
                    record._get_past_refusal(),
                    full.get(record),
                )
                refusals[record] = [sentence for sentence in sentences if sentence]
        return refusals

    _refusals_consent = _refusals_agree

    def _get_agreement_refusal(self):
        # sudo: names of the people of this document
        awaited = self._get_missing_agreement().mapped("name")
        if self._is_manager() or self._is_host():
            return self.env._(
                "You have agreed; %s agrees too.", ", ".join(awaited) or self.env._("HR")
            )
        manager = self.manager_id.sudo().name or self.env._("HR")
        return self.env._(
            "%(manager)s, the member's manager, and %(host)s, the host, agree.",
            manager=manager,
            host=self.host_id.sudo().name or self.env._("nobody yet"),
        )

    # -- the places of a department ----------------------------------------------------

    def _claim_places(self):
        """Of two who agree at once for one department, the second sees what the first took.

        The lock refuses whoever comes while the first is at it. Whoever began before the
        first had finished still sees the places as they were; touching the row makes the
        database refuse that transaction, and Odoo begins it again.
        """
        # sudo: a lock changes nothing
        departments = self.sudo().host_department_id.filtered("backbone_rotation_capacity")
        if not departments:
            return
        departments.flush_recordset(["backbone_rotation_capacity"])
        try:
            departments.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is agreeing to a rotation in this department at this "
                    "moment. Please reload and look again."
                )
            ) from error
        self.env.cr.execute(
            SQL(
                "UPDATE hr_department SET backbone_rotation_capacity = backbone_rotation_capacity"
                " WHERE id IN %s",
                tuple(departments.ids),
            )
        )
        departments.invalidate_recordset(["backbone_rotation_capacity"])

    def _get_full_departments(self, states=SEATED):
        """{record: why its host department has no place on some of its days}

        Records of one call count for each other, in their order.

        :param states: in which another rotation takes a place
        """
        # sudo: how many places a department has, and how many are taken; no names
        limited = self.sudo().filtered(
            lambda record: (
                record.host_department_id.backbone_rotation_capacity
                and record.date_start
                and record.date_end
            )
        )
        if not limited:
            return {}
        stays = defaultdict(list)
        others = self.sudo().search_fetch(
            Domain("host_department_id", "in", limited.host_department_id.ids)
            & Domain("state", "in", states)
            & Domain("id", "not in", limited.ids)
            & Domain("date_end", ">=", min(limited.mapped("date_start")))
            & Domain("date_start", "<=", max(limited.mapped("date_end"))),
            ["host_department_id", "date_start", "date_end"],
        )
        for other in others:
            stays[other.host_department_id.id].append((other.date_start, other.date_end))
        full = {}
        for record in limited:
            taken = stays[record.host_department_id.id]
            capacity = record.host_department_id.backbone_rotation_capacity
            day = self._find_full_day(taken, capacity, record.date_start, record.date_end)
            if day:
                full[self.browse(record.id)] = record._get_full_sentence(capacity, day)
            else:
                taken.append((record.date_start, record.date_end))
        return full

    @api.model
    def _find_full_day(self, stays, capacity, start, end):
        """The first day between these on which no place is free; None when there is none.

        A day is full only if that many are there on that same day: stays that follow each
        other take one place.

        :param stays: [(first day, last day)]
        """
        changes = defaultdict(int)
        for first, last in stays:
            if first <= end and start <= last:
                changes[max(first, start)] += 1
                changes[last + timedelta(days=1)] -= 1
        there = 0
        for day in sorted(changes):
            there += changes[day]
            if there >= capacity and day <= end:
                return day
        return None

    def _get_full_sentence(self, capacity, day):
        if capacity == 1:
            return self.env._(
                "“%(department)s” takes one member at a time, and its place is taken on %(day)s.",
                department=self.host_department_id.name,
                day=format_date(self.env, day),
            )
        return self.env._(
            "“%(department)s” takes %(capacity)s members at a time, and its places are taken "
            "on %(day)s.",
            department=self.host_department_id.name,
            capacity=capacity,
            day=format_date(self.env, day),
        )

    # -- ending early ------------------------------------------------------------------

    def _get_last_days(self, value):
        """{last day: records} of what ends early.

        :param value: a date, or None for today
        :raise UserError: not between the first day and today
        """
        try:
            day = fields.Date.to_date(value) if value else None
        except (TypeError, ValueError) as error:
            raise UserError(self.env._("This is not a date.")) from error
        days = {}
        for record in self:
            today = record.company_id._backbone_today()
            last = day or min(today, record.date_end or date.max)
            if record.state == "running" and not (
                record.date_start <= last <= min(today, record.date_end)
            ):
                raise UserError(self.env._("The last day lies between the first one and today."))
            days[last] = days.get(last, self.browse()) | record
        return days
