# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
from collections import defaultdict

import psycopg2
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import format_list, frozendict, groupby

from ...const import OFFICER
from . import front_door
from .jobs import find_failures
from .moves import HR, PROCEDURE, Moves, list_sentences
from .readers import PEOPLE, PrivateReason, say_readers

# of those for whom one sentence stands, so many are named
NAMED = 5


class HrBackboneWorkflowMixin(models.AbstractModel):
    """Every approval flow of the addon.

    A document gives `_moves` (its table) and a `state` selection. `_get_move_refusals` answers,
    for many records at once, why a move is refused: the same answer greys the button out, fills
    the error and guards the write. `_after_move` does what follows from a move. `state` and the
    other `_moved_fields` are written by moves alone. It also says whom a step concerns: who may
    take it, who is reminded of it, who is written to.
    """

    _name = "hr.backbone.workflow.mixin"
    _description = "Backbone Workflow"
    _inherit = [
        "hr.backbone.named.mixin",
        "hr.backbone.message.mixin",
        "hr.backbone.todo.mixin",
        "hr.backbone.undo.mixin",
    ]

    # what a document names is of its company
    _check_company_auto = True

    _moves = Moves()
    # what only a move (or the document's own code) may write, on top of `state`
    _moved_fields = ()
    # what is computed, or settled when the document is made: no client writes it
    _fixed_fields = ()
    # who reads the document and so what is written on it, see `readers.READERS`
    _readers = ("hr",)

    # each document has its own states, and the first of them as the default
    state = fields.Selection(
        lambda self: [],
        required=True,
        readonly=True,
        copy=False,
        index=True,
        group_expand=True,
    )
    decision_ids = fields.One2many(
        "hr.backbone.decision",
        "res_id",
        "Decisions",
        domain=lambda self: [("res_model", "=", self._name)],
        readonly=True,
    )
    can_edit = fields.Boolean(
        compute="_compute_can_edit",
        help="Whether you may change the content of this document now.",
    )
    next_step = fields.Char(
        compute="_compute_moves", help="Who has to act next, and what is awaited."
    )
    blocking_reason = fields.Text(
        "What is missing",
        compute="_compute_moves",
        help="Why the next step cannot be taken yet.",
    )

    # -- the table of moves ------------------------------------------------------------

    @api.model
    def _get_move(self, name):
        """The row `name` of the table of moves; UserError when there is none."""
        for move in self._moves:
            if move.name == name:
                return move
        raise UserError(self.env._("There is no step called “%s” on this document.", name))

    @api.model
    def _get_move_label(self, name):
        """What the decision is called, translated; the name itself where the table has none."""
        for move in self._moves:
            if move.name == name and move.label:
                return self.env._(move.label)  # pylint: disable=gettext-variable
        return name

    def _get_next_move(self):
        """The name of the move that is awaited next, by state; None when none is."""
        self.ensure_one()
        return None

    def _is_next_actor(self):
        """Whether the awaited step is the user's: what is missing is told to them alone."""
        self.ensure_one()
        return self.env.user.has_group(OFFICER)

    def _get_next_step(self):
        """One sentence that says who has to act next; False when nobody has."""
        self.ensure_one()
        return False

    @api.model
    def _get_state_labels(self):
        """{state: what people read}, in their language."""
        return dict(self._fields["state"]._description_selection(self.env))

    def _get_state_label(self):
        self.ensure_one()
        return self._get_state_labels()[self.state]

    @api.model
    def _get_initial_state(self):
        return next(iter(self._fields["state"].get_values(self.env)))

    # -- the one answer: why not? ------------------------------------------------------

    def _get_refusals(self, name):
        """Why the move `name` is refused, for many records at once.

        :param str name: a move of the table
        :return: {record: [sentence, …]}, only for the records that are refused
        """
        move = self._get_move(name)
        states = self._get_state_labels()
        refusals = defaultdict(list)
        ready = self.browse()
        for record in self:
            if record.state in move.sources:
                ready += record
            else:
                refusals[record].append(
                    # sudo: its name; its state is read as the user
                    self.env._(
                        "“%(document)s” is at “%(state)s”: the step “%(step)s” is not "
                        "possible there.",
                        document=record.sudo().display_name,
                        state=states.get(record.state, record.state),
                        step=self._get_move_label(name),
                    )
                )
        if move.undoes:
            undone = ready._find_undone(move)
            lost = ready.filtered(lambda record: record not in undone)
            refusals.update((record, [self._say_not_undone()]) for record in lost)
            ready -= lost
        for record, sentences in ready._get_move_refusals(name).items():
            if sentences:
                refusals[record] += sentences
        return dict(refusals)

    def _get_move_refusals(self, name):
        """Why the move `name` is refused on these records, which stand where it starts from.

        Documents answer for their moves, later rooms and other addons add to it with `super()`;
        here is who takes those of which the table says it.

        :param str name: a move of the table
        :return: {record: [sentence, …]}; one that is not refused may have an empty list
        """
        by = self._get_move(name).by
        if by == HR:
            return self._refuse_unless_officer()
        if by == PROCEDURE:
            return {}
        raise NotImplementedError(f"{self._name} does not say who may take the step {name}")

    @api.depends_context("uid")
    def _compute_moves(self):
        """Set each `can_<move>` that the document declares, and the two sentences."""
        for move in self._moves:
            if move.button:
                refusals = self._get_refusals(move.name)
                for record in self:
                    record[f"can_{move.name}"] = record not in refusals
        reasons = {}
        actors = self.filtered(lambda record: record._is_next_actor())
        for name, group in groupby(actors, lambda record: record._get_next_move()):
            if name:
                reasons.update(self.browse([r.id for r in group])._get_refusals(name))
        for record in self:
            record.next_step = record._get_next_step()
            record.blocking_reason = "\n".join(reasons.get(record, ())) or False

    @api.depends_context("uid")
    def _compute_can_edit(self):
        for record in self:
            # whoever writes a new document fills it in; creating it asks who may
            record.can_edit = not record._origin or not record._get_edit_refusal()

    def _get_edit_refusal(self):
        """Why the user may not change the content now: a sentence, or False."""
        self.ensure_one()
        return False

    def _check_may_edit(self):
        """:raise UserError: the user may not change the content of one of these documents now"""
        for record in self:
            if reason := record._get_edit_refusal():
                raise UserError(reason)

    # -- who may -----------------------------------------------------------------------

    def _is_hr(self):
        """Whether the user is HR, and not deciding on their own case."""
        self.ensure_one()
        return self.env.user.has_group(OFFICER) and not self._get_involved_refusal()

    def _refuse_unless_officer(self):
        """Refusals of a step that is HR's, though never on their own case.

        :return: {record: [sentence]}, see `_get_refusals`
        """
        officer = self.env.user.has_group(OFFICER)
        refusals = {}
        for record in self:
            if not officer:
                refusals[record] = [self.env._("Only HR can do this.")]
            elif reason := record._get_involved_refusal():
                refusals[record] = [reason]
        return refusals

    def _get_batch_refusals(self, name):
        """Why some of these records, each of which allows the move `name` by itself, cannot take
        it together with those before them.

        :return: {record: [sentence, …]}, see `_get_refusals`
        """
        return {}

    # -- taking a move -----------------------------------------------------------------

    def _move(self, name, comment=None, vals=None):
        """Take the move `name` on all records, or on none.

        :param str name: a move of the table
        :param str comment: the written reason; required when the move says so
        :param dict vals: fields of `_moved_fields` that the move sets on all records
        :return: the decisions
        :raise UserError: one sentence for each reason why a record is refused
        """
        self._check_move(name)
        move = self._get_move(name)
        comment = (comment or "").strip()
        if move.comment and not comment:
            raise UserError(self._get_comment_request(name))
        return self._do_move(move, move.seal(comment), vals)

    @api.model
    def _say_readers(self, name=None):
        """Who reads what is written on the document or, if so asked, with the move `name`."""
        private = bool(name) and self._get_move(name).private
        return say_readers(self.env, self._readers, private=private, own=self._get_own_roles())

    def _get_mail_heading(self):
        """What stands above its mails where its name is not for those who are written to.

        :return: {"model_description": “Your …”, "record_name": …}, or a part of it
        """
        return {}

    def _needs_comment(self, name):
        """Whether the move needs a comment on these documents, where the table of moves does not
        ask for one."""
        return False

    def _may_write_messages(self):
        """Whether the page of the document offers the conversation to the user."""
        self.ensure_one()
        return not self._hr_messages or self.env.user.has_group(OFFICER)

    def _say_message_readers(self):
        """Who reads the conversation on the document."""
        return say_readers(self.env, ("hr",)) if self._hr_messages else self._say_readers()

    def _get_own_roles(self):
        """Which of `readers.PEOPLE` the user is to the document; none to more than one."""
        record = self if len(self) == 1 else self.browse()
        return {
            role
            for role, name in PEOPLE.items()
            if name in self._fields and record[name] and record[name]._is_backbone_user()
        }

    def _check_move(self, name):
        """Lock the records for the move `name`, and make sure that all of them allow it.

        :raise UserError: one sentence for each reason why a record is refused
        """
        self.check_access("read")
        self._lock_for_move()
        if refusals := self._get_refusals(name) or self._get_batch_refusals(name):
            raise UserError("\n".join(self._name_refusals(refusals)))

    def _get_comment_request(self, name):
        """What is said to whoever takes the move without the comment that it needs."""
        if name == "return":
            return self.env._("Please write a comment that says what needs to be corrected.")
        if name == "refuse":
            return self.env._("Please write a comment: why you refuse.")
        return self.env._("Please write a comment: this step needs the reason.")

    def _move_allowed(self, name, comment=None):
        """Take the move on the records that allow it, and leave the others as they are.

        :return: {record: [sentence, …]} of those that were left
        """
        refusals = self._get_refusals(name)
        allowed = self.filtered(lambda record: record not in refusals)
        refusals.update(allowed._get_batch_refusals(name))
        allowed = allowed.filtered(lambda record: record not in refusals)
        for record, error in find_failures(allowed, lambda some: some._move(name, comment)):
            refusals[record] = [record._get_failure_sentence(error)]
        return refusals

    def _get_failure_sentence(self, error):
        """What is said of an error that no refusal has foretold.

        :raise: it is none that a person can do something about
        """
        if isinstance(error, UserError):
            return str(error)
        if isinstance(error, psycopg2.IntegrityError):
            return self._sql_error_to_message(error)
        raise error

    def _name_refusals(self, refusals):
        """The sentences of `_get_refusals`, each once; of several records, where others stand
        in nobody's way, each with the names of those that it is about."""
        if len(self) < 2 or len(refusals) == len(self) and len(list_sentences(refusals)) == 1:
            return list_sentences(refusals)
        about = defaultdict(list)

        def shorten(names):
            return format_list(self.env, [*names[:NAMED], *["…"][: len(names) > NAMED]])

        for record, sentences in refusals.items():
            # sudo: its name, for whoever chose it
            name = record.sudo().display_name
            for sentence in dict.fromkeys(sentences):
                about[sentence] += [] if name in sentence else [f"“{name}”"]
        return [
            self.env._("%(documents)s: %(sentence)s", documents=shorten(names), sentence=sentence)
            if names
            else sentence
            for sentence, names in about.items()
        ]

    def _action_move_selected(self, name):
        """The list's button: move what can be moved and say what was left, and why."""
        refusals = self._move_allowed(name)
        done = len(self) - len(refusals)
        lines = self._name_refusals(refusals)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refusals else "success",
                "sticky": bool(refusals),
                "title": self.env._("%(done)s of %(all)s done", done=done, all=len(self)),
                "message": "\n".join(lines[:10]),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _lock_for_move(self):
        """Of two people who act at once, one goes on; the other is told."""
        # sudo: a lock changes nothing, and an approver has no write access
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is acting on this document at this moment. "
                    "Please reload and look again."
                )
            ) from error
        self.invalidate_recordset(["state"])

    def _do_move(self, move, comment, vals=None):
        # prefetch: where they come from a relation, deleting activities empties its cache
        # sudo: the refusals above are the check; the acting person often only reads
        records = self.with_prefetch().sudo()
        froms = {record.id: record.state for record in records}
        undone = records._find_undone(move) if move.undoes else {}
        records._finish_activities()
        if undone:
            records._write_each_moved(
                {
                    record: {**(vals or {}), "state": record._get_undone_state(decision)}
                    for record, decision in undone.items()
                }
            )
        else:
            records._write_moved({**(vals or {}), "state": move.target})
        decisions = records._log_decisions(move.name, froms, move.target, comment, undone)
        self._after_move(move.name, decisions)
        records._schedule_next_activities()
        records._send_move_mails(move.name)
        return decisions

    def _after_move(self, name, decisions):
        """What follows from the move `name`, which these records have just taken. Documents do
        what is theirs, later rooms and other addons add to it with `super()`.

        :param decisions: the `hr.backbone.decision` of each
        """

    def _take_asked(self, name, comment):
        """Take the move `name` as the comment window does: by the document's public method,
        which may do more than the move.

        :raise UserError: no move of that name asks for a comment
        """
        method = self._get_move(name).asks
        if not method:
            raise UserError(self.env._("This step takes no comment here."))
        return getattr(self, method)(comment)

    def _write_moved(self, vals):
        """Write what only moves write, through the model's own `write`: tracking, automation
        rules and the overrides of other addons see each move.

        :param dict vals: may have `state` and the other `_moved_fields`
        """
        return front_door.write(self, vals)

    @api.model
    def _write_each_moved(self, values):
        """Write to each record what only moves write; those that get the same together.

        :param dict values: {record: vals}
        """
        for vals, records in groupby(values, lambda record: frozendict(values[record])):
            self.browse().concat(*records)._write_moved(dict(vals))

    @api.model
    def _create_moved(self, vals_list):
        """Create with what only moves write, see `_write_moved`.

        :return: the records, in the environment of the caller
        """
        state = self._get_initial_state()
        return front_door.create(self, [{"state": state, **vals} for vals in vals_list])

    def _is_own_write(self, vals):
        """Whether this `write` is the procedure's own, and not held up by what an override
        asks of people. Each override of `write` begins with this question."""
        return bool(front_door.get_permitted_write(self, vals))

    @api.model
    def _is_own_create(self, vals_list):
        """As `_is_own_write`, for the overrides of `create`."""
        return bool(front_door.get_permitted_create(self, vals_list))

    def _log_decisions(self, name, froms, target, comment, undone=None):
        """One decision row and one line in the chatter for each record, in batch.

        :param dict froms: {id: the state before}
        :param target: the state now; None where it is another for each
        :param dict undone: {record: the decision that is taken back}
        """
        undone = undone or {}
        now = fields.Datetime.now()
        user = self._get_decision_user()
        decisions = self.env["hr.backbone.decision"].create(
            [
                {
                    "res_model": self._name,
                    "res_id": record.id,
                    "res_name": record.display_name,
                    "company_id": record.company_id.id,
                    "user_id": user.id,
                    "date": now,
                    "move": name,
                    "from_state": froms[record.id],
                    "to_state": target or record.state,
                    "undone_id": undone[record].id if record in undone else False,
                    **self.env["hr.backbone.decision"]._get_reason_vals("comment", comment),
                }
                for record in self
            ]
        )
        body = Markup("<b>%s</b>") % self._get_move_label(name)
        if comment and not isinstance(comment, PrivateReason):
            body += Markup("<br/>") + Markup("<br/>").join(comment.splitlines())
        self._message_log_batch({record.id: body for record in self})
        return decisions

    def _get_decision_user(self):
        """Whom the decision row names: the acting user."""
        return self.env.user

    # -- mails -------------------------------------------------------------------------

    def _get_mail_partners(self, name):
        """The partners who are told of the move `name` on this record."""
        self.ensure_one()
        return self.env["res.partner"]

    def _get_last_comment(self):
        """The written reason of the last decision, for the mails, the pages and the forms; in
        a mail that was left to the job, of the decision that it tells of."""
        self.ensure_one()
        told = self.env.context.get("backbone_told")
        told = told.get(self.id) if isinstance(told, dict) else None
        decisions = self._get_decisions()
        # one of its own, whatever a client's context says
        decision = decisions.filtered(lambda row: row.id == told)
        return (decision or decisions[:1]).comment or ""

    def _get_decisions(self):
        """The decisions on documents that the user reads, for their pages.

        :raise AccessError: the user does not read one of them
        """
        self.check_access("read")
        # sudo: whoever reads the document reads its decisions; their own rule would ask this of
        # every kind of document
        self.sudo().decision_ids.fetch()
        return self.decision_ids

    def _send_move_mails(self, name):
        """Queue the mails of the move; a long list is queued by the mail job instead."""
        if template := self._get_move(name).mail:
            self.env["hr.backbone.notification"]._queue(self, template, name)

    # -- guards ------------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """What moves write has no value before them, whatever a client's context says."""
        moved = [name for name in self._moved_fields if name in self._fields]
        shut = {f"default_{name}" for name in ("state", *moved, *self._fixed_fields)}
        context = {key: value for key, value in self.env.context.items() if key not in shut}
        defaults = super(
            HrBackboneWorkflowMixin, self.with_env(self.env(context=context))
        ).default_get([name for name in fields if name not in moved])
        if "state" in defaults:
            defaults["state"] = self._get_initial_state()
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        permitted = front_door.get_permitted_create(self, vals_list)
        initial = self._get_initial_state()
        fixed = () if self.env.su else self._fixed_fields
        guarded = [name for name in (*self._moved_fields, *fixed) if name not in permitted]
        for vals in vals_list:
            if "state" not in permitted and vals.get("state", initial) != initial:
                self._refuse_direct_write(["state"])
            if refused := [name for name in guarded if vals.get(name)]:
                self._refuse_direct_write(refused)
        return super().create(vals_list)

    def write(self, vals):
        fixed = () if self.env.su else self._fixed_fields
        permitted = front_door.get_permitted_write(self, vals)
        guarded = ("state", *self._moved_fields, *fixed)
        if refused := [name for name in guarded if name in vals and name not in permitted]:
            self._refuse_direct_write(refused)
        return super().write(vals)
