# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from hashlib import sha256
from typing import Any, NamedTuple

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

from ...const import ADMINISTRATOR
from ...tools import fairness
from ..core import front_door
from ..core.public import public
from ..core.words import get_written_lang
from .hr_backbone_fairness import AGES, ATTRIBUTES, TENURES


class Judged(NamedTuple):
    """Somebody among whom a document chooses: `hr.employee`, the key of the department, and
    whether the person is chosen."""

    employee: Any
    department: str
    is_chosen: bool


class HrBackboneFairMixin(models.AbstractModel):
    """A document that chooses among many people. Before it does, an HR administrator sees how far
    apart the rates of groups are, and says why where one is below four fifths of another.

    Whoever may not know the figures learns nothing of them: that an administrator looks first is
    said whatever they are, wherever there are groups that can be compared. Where the company has
    no administrator who could look, nothing waits for one.
    """

    _name = "hr.backbone.fair.mixin"
    _description = "Backbone Document that is to be Fair"
    _inherit = ["hr.backbone.workflow.mixin"]

    # the move before which it is asked
    _fair_move = None
    # the field of `hr.backbone.fairness` that names the document
    _fair_field = None
    # what the people are called who are counted, and those of them who are chosen
    _fair_words = ()
    # the type of the to-do of whoever looks
    _fair_todo = None

    # -- what a document says of itself --------------------------------------------------

    def _get_judged(self):
        """Among whom these documents choose, each person once. Called as superuser.

        :return: {document: [`Judged`]}
        """
        raise NotImplementedError

    def _get_counted_employees(self):
        """Those who do not look at the figures, since they may be counted there; as superuser."""
        raise NotImplementedError

    def _say_counted(self):
        """One sentence: who is counted."""
        raise NotImplementedError

    def _get_replaced(self):
        """The documents that chose among the same people before these. Called as superuser."""
        return self.browse()

    def _awaits_fair_look(self):
        """Whether the next step is the one before which somebody looks."""
        self.ensure_one()
        return self.state in self._get_move(self._fair_move).sources

    def _get_judged_departments(self, keys):
        """{key: name} of the departments; where the key is no name, documents say it."""
        return {key: key for key in keys}

    # -- who looks -----------------------------------------------------------------------

    def _get_fair_judge_refusal(self):
        """Why the user does not see the figures: a sentence, or False. Called as superuser."""
        self.ensure_one()
        if not self.env.user.has_group(ADMINISTRATOR):
            return self.env._("Only HR administrators can see whether this is fair.")
        if self._get_counted_employees()._was_backbone_user():
            return self.env._(
                "You are among the people who are counted here, so another HR administrator looks "
                "at the figures."
            )
        return False

    def _get_fair_judges(self):
        """The administrators who can look at it. Called as superuser."""
        self.ensure_one()
        everybody = self.env.ref(ADMINISTRATOR).all_user_ids
        return (everybody - self._get_counted_employees()._get_backbone_ever()).filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )

    @public(one=True)
    def action_open_fairness(self):
        """The rates of groups and the note, for an HR administrator.

        :raise UserError: the user does not see them, or nothing was counted in time
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: whoever may look is asked first; the page itself is the user's own to read
        document = self.sudo()
        if reason := document._get_fair_judge_refusal():
            raise AccessError(reason)
        check = document._make_fairness().sudo(False)
        return {
            **check._get_records_action(name=self.env._("Is It Fair?"), target="new"),
            "views": [(False, "form")],
        }

    def _make_fairness(self):
        """The row of one document, with the figures of today until it has gone on; as superuser.

        :raise UserError: it has gone on, and nothing was counted then
        """
        self.ensure_one()
        check = self._find_fairness().get(self)
        if check and check.is_replaced:
            raise UserError(
                self.env._(
                    "These figures are not shown any more, since a later version has its own: the "
                    "difference would tell of few people. Please open the later one."
                )
            )
        if check and check.is_kept:
            return check
        if self.state not in self._get_move(self._fair_move).sources:
            raise UserError(
                self.env._(
                    "There are no figures for “%s”. They are shown right before it is published "
                    "or announced, and kept from then on.",
                    self.display_name,
                )
            )
        # the button, pressed by two at once
        self._lock_for_move()
        counted = self._count_groups()[self]
        return self._keep_counted({self: counted})[self]

    # -- figures -------------------------------------------------------------------------

    def _find_fairness(self):
        """{document: its row}, of those that have one. Called as superuser."""
        rows = self.env["hr.backbone.fairness"].search([(self._fair_field, "in", self.ids)])
        return {row[self._fair_field]: row for row in rows}

    def _count_groups(self):
        """What may be shown of these documents, as it is today. Called as superuser.

        :return: {document: {"figures", "names", "people"}}, the values of `hr.backbone.fairness`
        """
        judged = self._get_judged()
        # fewer people are never two groups
        enough = {
            document: people
            for document, people in judged.items()
            if len(people) >= 2 * fairness.LEAST
        }
        employees = self.env["hr.employee"].union(
            *(person.employee for people in enough.values() for person in people)
        )
        hired = employees._get_backbone_hire_dates()
        result = {}
        for document in self:
            today = document.company_id._backbone_today()
            rows = [
                (self._get_keys(person, hired, today), person.is_chosen)
                for person in enough.get(document, ())
            ]
            figures = {
                attribute: [list(group) for group in groups]
                for attribute in ATTRIBUTES
                if (
                    groups := fairness.merge_small(
                        fairness.tabulate((keys[attribute], chosen) for keys, chosen in rows)
                    )
                )
            }
            keys = [key for key, *_numbers in figures.get("department", ())]
            written = document.with_context(lang=get_written_lang(document))
            names = written._get_judged_departments(keys)
            people = _get_fingerprint(judged[document])
            result[document] = {"figures": figures, "names": names, "people": people}
        return result

    def _get_keys(self, person, hired, today):
        """{attribute: key of the group}, on that day; what is not entered is a group, too."""
        employee = person.employee
        since = hired.get(employee.id)
        age = employee.birthday and fairness.get_years(employee.birthday, today)
        tenure = since and fairness.get_years(since, today)
        return {
            "sex": employee.sex or fairness.NOT_STATED,
            "age": _get_band(age, AGES),
            "department": person.department or fairness.NOT_STATED,
            "tenure": _get_band(tenure, TENURES),
        }

    def _keep_counted(self, counted):
        """Write down what was counted; where it is not what was confirmed, it is to be confirmed
        anew. Of documents that choose among the same people, the last one is shown alone: the
        difference between two tables would tell of few. Called as superuser.

        :param dict counted: see `_count_groups`
        :return: {document: its row}
        """
        rows = self.browse().concat(*counted)._find_fairness()
        new = [document for document in counted if document not in rows]
        created = front_door.create(
            self.env["hr.backbone.fairness"],
            [
                {
                    self._fair_field: document.id,
                    "company_id": document.company_id.id,
                    **counted[document],
                }
                for document in new
            ],
        )
        for document, row in rows.items():
            if not row._is_of(counted[document]):
                row._write_confirmed(self.env["res.users"])
                front_door.write(row, counted[document])
        before = self.browse().concat(*new)._get_replaced() if new else self.browse()
        if before:
            replaced = self.env["hr.backbone.fairness"].union(*before._find_fairness().values())
            front_door.write(replaced, {"is_replaced": True})
        return {**rows, **dict(zip(new, created, strict=True))}

    # -- before the step, and with it ------------------------------------------------------

    def _get_refusals(self, name):
        """And where nothing else stands against the step, whether somebody looked first."""
        refusals = super()._get_refusals(name)
        # the system itself asks nobody
        if name != self._fair_move or self.env.su:
            return refusals
        ready = self.filtered(lambda document: document not in refusals)
        return {**refusals, **ready._get_fair_refusals()}

    def _get_fair_refusals(self):
        """Why these documents, which could go on otherwise, wait for an administrator.

        :return: {document: [sentence]}
        """
        # sudo: what is counted decides, and is not told to who may not look
        unconfirmed = self.sudo()._get_unconfirmed()
        return {
            self.browse(document.id): [sentence]
            for document, figures in unconfirmed.items()
            if (sentence := document._say_unconfirmed(figures))
        }

    def _get_unconfirmed(self):
        """{document: figures}, where there are some to compare and nobody has confirmed these; of
        companies that look at them. It is of these people and names that they are confirmed: by
        whether others open it anew, nobody learns of which group they are. Called as superuser."""
        asked = self.filtered("company_id.backbone_fairness")
        if not asked:
            return {}
        rows = asked._find_fairness()
        return {
            document: counted["figures"]
            for document, counted in asked._count_groups().items()
            if counted["figures"]
            if not ((row := rows.get(document)) and row.confirmed_by_id and row._is_of(counted))
        }

    def _say_unconfirmed(self, figures):
        """What the user is told of these figures, which nobody has confirmed; False where it does
        not hold up the user. Called as superuser."""
        if not self._get_fair_judge_refusal():
            return self.env["hr.backbone.fairness"]._is_low(figures) and self.env._(
                "A group was chosen at less than four fifths of the rate of another. Please open "
                "“Is It Fair?”, write a note and confirm it."
            )
        judges = self._get_fair_judges()
        return judges and self.env._(
            "An HR administrator looks at the fairness first. Please ask %s to open “Is It Fair?” "
            "here and to confirm it.",
            format_list(self.env, judges[:5].mapped("name"), "or"),
        )

    def _get_next_activity(self):
        """Whoever can look first has it to do, whatever the figures are."""
        waiting = self.filtered(lambda document: document._awaits_fair_look())
        return {
            **super()._get_next_activity(),
            **{
                document: (self._fair_todo, document._get_fair_judges()[:1], None)
                for document in waiting._get_unconfirmed()
            },
        }

    def _after_move(self, name, decisions):
        result = super()._after_move(name, decisions)
        if name == self._fair_move:
            # sudo: the move was just allowed
            self.sudo().filtered("company_id.backbone_fairness")._settle_fairness()
        return result

    def _settle_fairness(self):
        """These go on: the figures stay as they are now, with the note. Called as superuser."""
        counted = {
            document: values
            for document, values in self._count_groups().items()
            if values["figures"]
        }
        rows = self._keep_counted(counted)
        front_door.write(self.env["hr.backbone.fairness"].union(*rows.values()), {"is_kept": True})


def _get_fingerprint(judged):
    """Of whom it is counted, and who of them is chosen.

    :param judged: [`Judged`]
    """
    people = sorted((person.employee.id, bool(person.is_chosen)) for person in judged)
    return sha256(repr(people).encode()).hexdigest()


def _get_band(years, bands):
    if years is None or years is False:
        return fairness.NOT_STATED
    return fairness.get_band(years, [int(bound) for bound in bands])
