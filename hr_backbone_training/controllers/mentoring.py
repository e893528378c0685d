# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from datetime import datetime

from odoo.fields import Datetime
from odoo.http import request

from ..models.core.hr_backbone_portal_mixin import clean
from ..models.core.shown import show_each, show_rows
from ..models.mentoring.hr_backbone_mentorship_session import MOST_MINUTES, RECORD
from .forms import BackbonePortalForm, Date, Input, Number, PlanLine, Text, get_texts, read
from .portal import get, post

STEPS = ("accept", "decline")
MENTORSHIP = "hr.backbone.mentorship"
TALK = "hr.backbone.mentorship.session"
# what one types to plan a talk
WHEN = ("date", "time", "minutes")
PLANNED = (*WHEN, "location", "topics", "plan_line_id")


class Time(Input):
    """A time of the day, as browsers send it."""

    def parse(self, text):
        try:
            return datetime.strptime(text[:5], "%H:%M").time()
        except ValueError:
            return None


class BackbonePortalMentorship(BackbonePortalForm):
    """My mentor, and my mentees."""

    def _prepare_backbone_rooms(self, own):
        env, mentorships = request.env, request.env[MENTORSHIP]
        rooms = super()._prepare_backbone_rooms(own)
        if mentorships.search_count([("mentor_id", "in", own)], limit=1):
            rooms.append(
                (
                    env._("My mentees"),
                    env._("The members whose mentor I am, and our talks"),
                    "/my/backbone/mentees",
                    mentorships.search_count(env.user._get_backbone_mentees_domain()),
                )
            )
        return rooms

    @get("/my/backbone/mentees", "/my/backbone/mentees/page/<int:page>")
    def portal_backbone_mentees(self, **kw):
        self._backbone_check_concerned()
        user = request.env.user
        labels = {"active": request.env._("Now"), "ended": request.env._("Before")}
        values = self._backbone_list(
            request.env[MENTORSHIP],
            "/my/backbone/mentees",
            kw,
            {
                "name": {"label": request.env._("Name"), "order": "employee_id, id"},
                "date": {"label": request.env._("Newest"), "order": "date_start desc, id desc"},
            },
            {
                state: {"label": label, "domain": user._get_backbone_mentees_domain(state)}
                for state, label in labels.items()
            },
        )
        return self._backbone_render(
            "portal_backbone_mentees",
            "backbone_mentees",
            cases=show_each(
                values["records"],
                "member_id.name",
                "member_id.echelon_id.name",
                "member_id.plan_id.progress",
            ),
            **values,
        )

    # -- a mentorship ------------------------------------------------------------------

    @get(
        "/my/backbone/mentorships/<int:record_id>",
        "/my/backbone/mentorships/<int:record_id>/page/<int:page>",
    )
    def portal_backbone_mentorship(self, record_id, page=1, line=None, **kw):
        """:param str line: the action of the plan for which a talk is to be planned"""
        mentorship = self._backbone_find(MENTORSHIP, record_id)
        return self._backbone_mentorship_page(mentorship, page, line=line)

    def _backbone_mentorship_page(self, mentorship, page=1, **values):
        sessions = request.env["hr.backbone.mentorship.session"]
        domain = [("mentorship_id", "=", mentorship.id)]
        pager = self._backbone_pager(mentorship.access_url, sessions.search_count(domain), page)
        # sudo: the id of the plan and of the card; who may not read them sees none
        member = mentorship.sudo().member_id
        return self._backbone_render(
            "portal_backbone_mentorship",
            "backbone_mentorship",
            record=mentorship,
            case=mentorship._get_shown(
                "employee_id.name",
                "member_id.echelon_id.name",
            ),
            plan=member.plan_id.sudo(False)._filtered_access("read"),
            card=member.sudo(False)._filtered_access("read"),
            sessions=sessions.search(domain, limit=self._items_per_page, offset=pager["offset"]),
            plan_lines=show_rows(mentorship._new_talk()._get_plan_line_choices(), "id", "action")
            if mentorship.can_plan
            else (),
            decisions=mentorship._get_decisions(),
            pager=pager,
            subtitle=request.env._("Mentor: %s", mentorship.mentor_name),
            zone=request.env.user._get_backbone_zone(mentorship.company_id, Datetime.now()),
            **values,
        )

    @post("/my/backbone/mentorships/<int:record_id>/<string:step>")
    def portal_backbone_mentorship_step(self, record_id, step, comment="", **kw):
        mentorship = self._backbone_find(MENTORSHIP, record_id)
        if step not in STEPS:
            raise request.not_found()
        comment = clean(comment)
        moves = {
            "accept": mentorship.action_accept,
            "decline": lambda: mentorship.action_decline(comment),
        }
        if error := self._backbone_try(mentorship, moves[step]):
            shown = self._backbone_failed(error)
            if step == "decline" and not comment:
                shown["errors"] = {"comment": str(error)}
            return self._backbone_refused(
                mentorship.access_url, **shown, typed={"comment": comment}
            )
        messages = {
            "accept": request.env._("You have accepted the mentorship."),
            "decline": request.env._("You have declined the mentorship."),
        }
        return self._backbone_done(mentorship.access_url, messages[step])

    @get("/my/backbone/mentorships/<int:record_id>/<string:step>")
    def portal_backbone_mentorship_step_page(self, record_id, step, **kw):
        """The address of a step, after a login or out of the history."""
        mentorship = self._backbone_find(MENTORSHIP, record_id)
        if step not in (*STEPS, "talks"):
            raise request.not_found()
        return request.redirect(mentorship.access_url, code=303)

    @post("/my/backbone/mentorships/<int:record_id>/talks")
    def portal_backbone_mentorship_plan(self, record_id, **post):
        mentorship = self._backbone_find(MENTORSHIP, record_id)
        typed = get_texts(post)
        error = self._backbone_try(
            mentorship,
            lambda: mentorship._plan_from_portal(self._read_plan_of_talk(mentorship, typed)),
        )
        if error:
            typed = {name: clean(typed.get(name)) for name in PLANNED}
            return self._backbone_refused(
                mentorship.access_url,
                **self._backbone_failed(error),
                typed=typed,
                failed_step="plan",
            )
        return self._backbone_done(
            mentorship.access_url,
            request.env._("The talk is planned; both of you have been notified."),
        )

    # -- what is typed of a talk -------------------------------------------------------

    def _read_plan_of_talk(self, mentorship, typed):
        """The values of a talk that is planned."""
        inputs = {
            "location": Text(),
            "topics": Text(),
            "plan_line_id": PlanLine(mentorship._new_talk()),
        }
        return {**self._read_when(mentorship.company_id, typed), **read(inputs, typed)}

    def _read_when(self, company, typed):
        """Begin and end, from a day, a time and a length."""
        env = request.env
        day = env._("Choose the day of the talk.")
        clock = env._("Write the time as hours and minutes, such as 14:30.")
        length = env._("A talk takes between 5 and %s minutes.", MOST_MINUTES)
        inputs = {
            "date": Date(wrong=day, required=day),
            "time": Time(clock, required=clock),
            "minutes": Number(5, MOST_MINUTES, length, empty=60),
        }
        when = {"minutes": 60, **read(inputs, typed)}
        talks = env[TALK]
        return talks._read_when(company, when["date"], when["time"], when["minutes"])


class BackbonePortalTalk(BackbonePortalMentorship):
    """A talk between member and mentor: what was said, and what comes next."""

    @get("/my/backbone/talks/<int:record_id>")
    def portal_backbone_talk(self, record_id, **kw):
        return self._backbone_talk_page(self._backbone_find(TALK, record_id))

    def _backbone_talk_page(self, talk, **values):
        return self._backbone_render(
            "portal_backbone_talk",
            "backbone_talk",
            record=talk,
            case=talk._get_shown(
                "employee_id.name",
                "event_id",
            ),
            mentorship=talk.mentorship_id,
            decisions=talk._get_decisions(),
            when=talk._get_typed_when(),
            zone=request.env.user._get_backbone_zone(talk.company_id, talk.date_start),
            **{"version": talk._get_version(), **values},
        )

    @post("/my/backbone/talks/<int:record_id>")
    def portal_backbone_talk_save(self, record_id, step="save", **post):
        talk = self._backbone_find(TALK, record_id)
        if error := self._backbone_save(talk, self._read_talk, post, "save"):
            return self._backbone_talk_page(talk, **error)
        if step == "hold" and (error := self._backbone_try(talk, talk.action_hold)):
            shown = self._backbone_failed(error)
            if not clean(talk.topics):
                shown["errors"] = {"topics": str(error)}
            return self._backbone_refused(talk.access_url, **shown)
        message = (
            request.env._("The talk is recorded as held.")
            if step == "hold"
            else request.env._("Saved.")
        )
        return self._backbone_done(talk.access_url, message)

    def _read_talk(self, talk, typed, stored):
        """What `_save_from_portal` of the talk is called with."""
        vals = read(dict.fromkeys(("location", *sorted(RECORD)), Text()), typed, stored)
        if read(dict.fromkeys(WHEN, Text()), typed, stored):
            vals |= self._read_when(talk.company_id, {**stored, **typed})
        return {"vals": vals}

    @post("/my/backbone/talks/<int:record_id>/cancel")
    def portal_backbone_talk_cancel(self, record_id, comment="", **kw):
        talk = self._backbone_find(TALK, record_id)
        comment = clean(comment)
        if error := self._backbone_try(talk, lambda: talk.action_cancel(comment)):
            shown = self._backbone_failed(error)
            if not comment:
                shown["errors"] = {"comment": str(error)}
            return self._backbone_refused(talk.access_url, **shown, typed={"comment": comment})
        return self._backbone_done(
            talk.mentorship_id.access_url, request.env._("The talk is cancelled.")
        )

    @get("/my/backbone/talks/<int:record_id>/cancel")
    def portal_backbone_talk_step_page(self, record_id, **kw):
        """The address of a step, after a login or out of the history: the talk itself."""
        return request.redirect(self._backbone_find(TALK, record_id).access_url, code=303)

    @get("/my/backbone/talks/<int:record_id>/calendar")
    def portal_backbone_talk_calendar(self, record_id, **kw):
        """The talk for the calendar on one's own phone."""
        content = self._backbone_find(TALK, record_id)._get_ics()
        if not content:
            raise request.not_found()
        return request.make_response(
            content,
            headers=[
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'attachment; filename="talk.ics"'),
            ],
        )
