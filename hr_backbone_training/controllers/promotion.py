# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from odoo.fields import Domain
from odoo.http import request

from ..const import COMMITTEE, OFFICER
from ..models.core.hr_backbone_portal_mixin import clean
from ..models.core.shown import show_each, show_rows
from ..models.promotion.hr_backbone_suggestion_review import PARTS
from .forms import BackbonePortalForm, Choice, Date, Files, Number, PlanLine, Text, get_texts, read
from .portal import get, post

ACHIEVEMENT = "hr.backbone.achievement"
SUGGESTION = "hr.backbone.suggestion"
ADOPTED = "hr.backbone.suggestion.adopted"
ACHIEVEMENT_STEPS = ("verify", "return", "refuse", "withdraw")
SUGGESTION_STEPS = ("adopt", "decline", "return", "withdraw")
# letters of a title, and the largest amount
MOST = 1e12
# of the people and the files, what the page of a document shows; and that of one kind
SHOWN = ("employee_id.name", "plan_line_id.id", "attachment_ids.id", "attachment_ids.name")
OF_KIND = {
    ACHIEVEMENT: ("plan_line_id.action",),
    SUGGESTION: ("department_id.name", "reviewer_id.name", "currency_id.name"),
}
# what a reviewer types
REVIEWED = ("answer", *[f"score_{part}" for part in PARTS])


class BackbonePortalPromotion(BackbonePortalForm):
    """What the pages of personal promotion share: a list, and a document that its member
    writes and others decide on."""

    def _prepare_backbone_rooms(self, own):
        rooms = super()._prepare_backbone_rooms(own)
        env, user = request.env, request.env.user
        # sudo: whether the user is, or mentors, somebody in the pool
        concerned = (
            env["hr.backbone.member"]
            .sudo()
            .search_count(
                ["&", ("state", "!=", "exited"), "|", ("employee_id", "in", own)]
                + [("mentor_id", "in", own)],
                limit=1,
            )
        )
        # sudo: whether the user reviews reports at all
        reviewer = (
            env["hr.backbone.suggestion"]
            .sudo()
            .search_count([("reviewer_id", "in", own), ("date_submitted", "!=", False)], limit=1)
        )
        officer = user.has_group(OFFICER)
        # what waits is on top of the page, and is not counted once more
        if concerned or officer:
            rooms.append(
                (
                    env._("Achievements"),
                    env._("Qualifications, books, research and innovation"),
                    "/my/backbone/achievements",
                    0,
                )
            )
        if concerned or officer or reviewer or user.has_group(COMMITTEE):
            rooms.append(
                (
                    env._("Work suggestions"),
                    env._("Reports to the management, and what it answered"),
                    "/my/backbone/suggestions",
                    0,
                )
            )
        rooms.append(
            (
                env._("Adopted suggestions"),
                env._("What the company has adopted of its backbone employees' proposals"),
                "/my/backbone/suggestions/adopted",
                0,
            )
        )
        return rooms

    # -- the list ----------------------------------------------------------------------

    def _backbone_promotion_list(self, model, page_name, filters, **kw):
        """The list of the user's documents of `model`, with the form that begins one.

        :param dict filters: {key: {"label", "domain"}}; the first one holds by default
        :param kw: what came with the address: page, sortby, filterby, and `line`, the
            action of the plan that a new document is to serve
        """
        self._backbone_check_concerned()
        documents = request.env[model]
        url = f"/my/backbone/{documents._portal_path}"
        sortings = {
            "date": {"label": request.env._("Newest first"), "order": "id desc"},
            "name": {"label": request.env._("Title"), "order": "name, id"},
            "state": {"label": request.env._("Status"), "order": "state, id desc"},
        }
        values = self._backbone_list(documents, url, kw, sortings, filters)
        members = documents._get_own_members()
        blanks = [documents.new({"member_id": member.id}) for member in members]
        lines = members.env["hr.backbone.plan.line"].union(
            *(blank._get_plan_line_choices() for blank in blanks)
        )
        return self._backbone_render(
            f"portal_{page_name}",
            page_name,
            cases=show_each(values["records"], "employee_id.id", "employee_id.name"),
            own=request.env.user._get_backbone_own(),
            member=members[:1],
            # whoever works in two companies says for which one
            memberships=show_rows(members, "id", "company_id.name") if len(members) > 1 else (),
            lines=show_rows(lines, "id", "action"),
            line=kw.get("line"),
            **values,
        )

    def _backbone_promotion_filters(self, model):
        """Mine, what waits for me, and all that I may read."""
        documents = request.env[model]
        mine, waiting = documents._get_mine_domain(), documents._get_waiting_domain()
        filters = {
            "mine": {"label": request.env._("Mine"), "domain": mine},
            "waiting": {"label": request.env._("Waiting for me"), "domain": waiting},
            "all": {"label": request.env._("All that I may read"), "domain": []},
        }
        if not documents._get_own_members() and documents.search_count(waiting, limit=1):
            filters = {"waiting": filters["waiting"], **filters}
        return filters

    def _backbone_promotion_start(self, model, typed):
        """Begin a draft, and go to its page."""
        self._backbone_check_concerned()
        documents, found = request.env[model], []
        texts = get_texts(typed)

        def start():
            blank = documents._get_blank(texts.get("member_id"), texts.get("plan_line_id"))
            vals = read(self._get_promotion_inputs(blank), texts)
            found.append(blank._start_from_portal(vals))

        if error := self._backbone_try(documents, start):
            url = f"/my/backbone/{documents._portal_path}"
            return self._backbone_refused(url, **self._backbone_failed(error), typed=texts)
        return request.redirect(found[0].access_url, code=303)

    # -- a document --------------------------------------------------------------------

    def _backbone_promotion_page(self, record, page_name, **values):
        can_write = not record._get_edit_refusal()
        return self._backbone_render(
            f"portal_{page_name}",
            page_name,
            record=record,
            case=record._get_shown(*SHOWN, *OF_KIND[record._name]),
            can_write=can_write,
            lines=show_rows(record._get_plan_line_choices(), "id", "action") if can_write else (),
            decisions=record._get_decisions(),
            **{"version": record._get_version(), **values},
        )

    def _backbone_promotion_save(self, record, page, typed, step, message):
        """Save what was typed on the page and, if so asked, submit it.

        :param page: renders the document with an error
        :param str message: what is said once it was submitted
        """
        if error := self._backbone_save(record, self._read_promotion, typed, step):
            if error.get("failed_step"):
                return self._backbone_refused(record.access_url, **error)
            return page(record, **error)
        if step != "submit":
            message = request.env._("Saved.")
        return self._backbone_done(record.access_url, message)

    def _read_promotion(self, record, typed, stored):
        """What `_save_from_portal` of the document is called with."""
        return {
            "vals": read(self._get_promotion_inputs(record), typed, stored),
            "files": Files().take("files", typed.get("files")),
            "removed_file": typed.get("remove_file"),
        }

    def _get_promotion_inputs(self, record):
        """{field: input} of what the page writes, by the kind of the field."""
        return {name: self._get_promotion_input(record, name) for name in record._inputs}

    def _get_promotion_input(self, record, name):
        env, field = request.env, record._fields[name]
        required = None
        if field.required:
            required = env._("Fill in “%s”.", field._description_string(env))
        if field.type == "char":
            return Text(one_line=True, required=required)
        if field.type == "selection":
            listed = env._("Choose one of the list.")
            return Choice(lambda: field.get_values(env), listed, required=required)
        if field.type == "date":
            return Date(1900, 2200, required=required)
        if field.type == "monetary":
            return Number(
                0,
                MOST,
                lambda text: env._("“%s” is not an amount.", text[:20]),
                digits=2,
                empty=0.0,
                required=required,
            )
        if field.type == "many2one":
            return PlanLine(record)
        return Text(required=required)

    def _backbone_promotion_step(self, record, step, typed):
        """Take a step with a comment; the page says why when it is refused."""
        comment = clean(typed.get("comment"))
        if error := self._backbone_try(record, lambda: record._take_asked(step, comment)):
            values = {**self._backbone_failed(error), "typed": {"comment": comment}}
            if step in ("return", "refuse") and not comment:
                values["errors"] = {"comment": str(error)}
            return self._backbone_refused(record.access_url, **values)
        return self._backbone_promotion_done(record, step)

    def _backbone_promotion_done(self, record, step):
        message = record._get_move_label(step)
        if record.has_access("read"):
            return self._backbone_done(record.access_url, message)
        return self._backbone_done(f"/my/backbone/{record._portal_path}", message)


class BackbonePortalAchievement(BackbonePortalPromotion):
    """Achievements: handed in by the member, verified by the mentor or HR."""

    @get("/my/backbone/achievements", "/my/backbone/achievements/page/<int:page>")
    def portal_backbone_achievements(self, **kw):
        filters = self._backbone_promotion_filters(ACHIEVEMENT)
        achievements = request.env[ACHIEVEMENT]
        mine = achievements._get_mine_domain()
        for name in ("kind", "state"):
            for value, label in achievements._fields[name]._description_selection(request.env):
                filters[value] = {"label": label, "domain": mine & Domain(name, "=", value)}
        return self._backbone_promotion_list(ACHIEVEMENT, "backbone_achievements", filters, **kw)

    @post("/my/backbone/achievements")
    def portal_backbone_achievement_start(self, **post):
        return self._backbone_promotion_start(ACHIEVEMENT, post)

    @get("/my/backbone/achievements/<int:record_id>")
    def portal_backbone_achievement(self, record_id, **kw):
        return self._backbone_achievement_page(self._backbone_find(ACHIEVEMENT, record_id))

    def _backbone_achievement_page(self, record, **values):
        return self._backbone_promotion_page(record, "backbone_achievement", **values)

    @post("/my/backbone/achievements/<int:record_id>")
    def portal_backbone_achievement_save(self, record_id, step="save", **post):
        record = self._backbone_find(ACHIEVEMENT, record_id)
        message = request.env._("Your achievement was submitted.")
        return self._backbone_promotion_save(
            record, self._backbone_achievement_page, post, step, message
        )

    @post("/my/backbone/achievements/<int:record_id>/autosave")
    def portal_backbone_achievement_autosave(self, record_id, **post):
        return self._backbone_autosave(
            self._backbone_find(ACHIEVEMENT, record_id), self._read_promotion, post
        )

    @get("/my/backbone/achievements/<int:record_id>/files/<int:file_id>")
    def portal_backbone_achievement_file(self, record_id, file_id, **kw):
        record = self._backbone_find(ACHIEVEMENT, record_id)
        return self._backbone_file(record, "attachment_ids", file_id)

    @post("/my/backbone/achievements/<int:record_id>/<string:step>")
    def portal_backbone_achievement_step(self, record_id, step, **post):
        record = self._backbone_find(ACHIEVEMENT, record_id)
        if step not in ACHIEVEMENT_STEPS:
            raise request.not_found()
        return self._backbone_promotion_step(record, step, post)

    @get("/my/backbone/achievements/<int:record_id>/<string:step>")
    def portal_backbone_achievement_step_page(self, record_id, step, **kw):
        """The address of a step, after a login or out of the history: the document itself."""
        record = self._backbone_find(ACHIEVEMENT, record_id)
        if step not in (*ACHIEVEMENT_STEPS, "autosave"):
            raise request.not_found()
        return request.redirect(record.access_url, code=303)


class BackbonePortalSuggestion(BackbonePortalPromotion):
    """Work suggestion reports: written by the member, reviewed by management."""

    @get("/my/backbone/suggestions", "/my/backbone/suggestions/page/<int:page>")
    def portal_backbone_suggestions(self, **kw):
        filters = self._backbone_promotion_filters(SUGGESTION)
        suggestions = request.env[SUGGESTION]
        mine = suggestions._get_mine_domain()
        for value, label in suggestions._fields["state"]._description_selection(request.env):
            filters[value] = {"label": label, "domain": mine & Domain("state", "=", value)}
        return self._backbone_promotion_list(SUGGESTION, "backbone_suggestions", filters, **kw)

    @post("/my/backbone/suggestions")
    def portal_backbone_suggestion_start(self, **post):
        return self._backbone_promotion_start(SUGGESTION, post)

    @get("/my/backbone/suggestions/<int:record_id>")
    def portal_backbone_suggestion(self, record_id, **kw):
        return self._backbone_suggestion_page(self._backbone_find(SUGGESTION, record_id))

    def _backbone_suggestion_page(self, record, **values):
        return self._backbone_promotion_page(
            record,
            "backbone_suggestion",
            review=record._get_reviews()[record.id],
            parts=PARTS,
            **values,
        )

    @post("/my/backbone/suggestions/<int:record_id>")
    def portal_backbone_suggestion_save(self, record_id, step="save", **post):
        record = self._backbone_find(SUGGESTION, record_id)
        message = request.env._("Your report was submitted to the management.")
        return self._backbone_promotion_save(
            record, self._backbone_suggestion_page, post, step, message
        )

    @post("/my/backbone/suggestions/<int:record_id>/autosave")
    def portal_backbone_suggestion_autosave(self, record_id, **post):
        return self._backbone_autosave(
            self._backbone_find(SUGGESTION, record_id), self._read_promotion, post
        )

    @get("/my/backbone/suggestions/<int:record_id>/files/<int:file_id>")
    def portal_backbone_suggestion_file(self, record_id, file_id, **kw):
        record = self._backbone_find(SUGGESTION, record_id)
        return self._backbone_file(record, "attachment_ids", file_id)

    @post("/my/backbone/suggestions/<int:record_id>/<string:step>")
    def portal_backbone_suggestion_step(self, record_id, step, **post):
        record = self._backbone_find(SUGGESTION, record_id)
        if step not in SUGGESTION_STEPS:
            raise request.not_found()
        if step == "withdraw":
            return self._backbone_promotion_step(record, step, post)
        texts = get_texts(post)

        def review():
            record._check_reviewer()
            record._review_from_portal(step, **self._read_review(record, texts))

        if error := self._backbone_try(record, review):
            typed = {name: clean(texts[name]) for name in REVIEWED if name in texts}
            return self._backbone_refused(
                record.access_url, **self._backbone_failed(error), typed=typed
            )
        return self._backbone_promotion_done(record, step)

    def _read_review(self, record, typed):
        answer = request.env._("Please write the answer that the author will read.")
        review = record._get_reviews()[record.id]
        parts = PARTS if review else ()
        return {
            **read({"answer": Text(required=answer)}, typed),
            "scores": read(
                {f"score_{part}": self._get_part_input(review, part) for part in parts}, typed
            ),
        }

    def _get_part_input(self, review, part):
        label = review._fields[f"score_{part}"]._description_string(request.env)
        most = review[f"max_{part}"]
        return Number(
            0,
            most,
            lambda text: request.env._(
                "%(part)s: “%(text)s” is not a number between 0 and %(most)s.",
                part=label,
                text=text[:20],
                most=most,
            ),
            digits=1,
        )

    @get("/my/backbone/suggestions/<int:record_id>/<string:step>")
    def portal_backbone_suggestion_step_page(self, record_id, step, **kw):
        """The address of a step, after a login or out of the history: the document itself."""
        record = self._backbone_find(SUGGESTION, record_id)
        if step not in (*SUGGESTION_STEPS, "autosave"):
            raise request.not_found()
        return request.redirect(record.access_url, code=303)

    # -- what the company adopted ------------------------------------------------------

    @get("/my/backbone/suggestions/adopted", "/my/backbone/suggestions/adopted/page/<int:page>")
    def portal_backbone_adopted_list(self, **kw):
        self._backbone_check_concerned()
        values = self._backbone_list(
            request.env[ADOPTED],
            "/my/backbone/suggestions/adopted",
            kw,
            inputs={"all": request.env._("Search in all")},
        )
        return self._backbone_render(
            "portal_backbone_adopted_list", "backbone_adopted_list", **values
        )

    @get("/my/backbone/suggestions/adopted/<int:record_id>")
    def portal_backbone_adopted(self, record_id, **kw):
        self._backbone_check_concerned()
        record = self._backbone_find(ADOPTED, record_id)
        return self._backbone_render("portal_backbone_adopted", "backbone_adopted", record=record)
