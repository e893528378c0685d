# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""The table of moves of a document."""

from dataclasses import dataclass, replace

from odoo import fields
from odoo.tools.translate import LazyGettext

from .readers import PrivateReason

# who takes a step: HR, though nobody on their own case; or nobody, because it follows by itself
HR, PROCEDURE = "hr", "procedure"


@dataclass(frozen=True)
class Move:
    """One row of a document's table of moves.

    `name`     the step
    `sources`  the state or states it starts from; none where it is only written about
    `target`   the state it ends in
    `label`    what the decision is called: `_lt("Approved")`
    `by`       who may take it, HR or PROCEDURE; else the document's `_get_move_refusals` says
    `asks`     the public method `(comment)` by which the comment window takes it, if any
    `reason`   the same, where the comment is required
    `comment`  a step that needs a comment, but not by that window
    `button`   whether the document has a field `can_<name>`: may the user take it now? So it
               is for all steps of the comment window, if nothing else is said
    `mail`     external id of the mail template that goes out with it, after the table's `mails`
    `private`  HR alone reads the comment: such reasons are often about health or conduct
    `undoes`   the step or steps that it takes back: with them it has no `target`, and the document
               goes back to where it was, if one of them was the last that led it on
    """

    name: str
    sources: str | tuple = ()
    target: str | None = None
    label: LazyGettext | None = None
    by: str | None = None
    asks: str | None = None
    reason: str | None = None
    comment: bool = False
    button: bool | None = None
    mail: str | None = None
    private: bool = False
    undoes: str | tuple = ()

    def __post_init__(self):
        settled = {
            "sources": (self.sources,) if isinstance(self.sources, str) else self.sources,
            "undoes": (self.undoes,) if isinstance(self.undoes, str) else self.undoes,
            "asks": self.reason or self.asks,
            "comment": self.comment or bool(self.reason),
        }
        settled["button"] = bool(settled["asks"]) if self.button is None else self.button
        for name, value in settled.items():
            object.__setattr__(self, name, value)

    def seal(self, comment):
        """The comment as this step keeps it, see `private`."""
        return PrivateReason(comment) if self.private and comment else comment


class Moves(tuple):
    """The table of moves of a document: `_moves = Moves(Move(…), …)`. The model that it stands
    in gets the field `can_<name>` of each row with a button. Another addon adds a row with
    `_moves = Moves(*Document._moves, Move(…))`.

    `mails` is what the external ids of its mail templates begin with.
    """

    def __new__(cls, *moves, mails=""):
        return super().__new__(
            cls, [replace(move, mail=move.mail and mails + move.mail) for move in moves]
        )

    def __set_name__(self, model, name):
        for move in self:
            if move.button:
                field = fields.Boolean(compute="_compute_moves")
                setattr(model, f"can_{move.name}", field)
                field.__set_name__(model, f"can_{move.name}")


def list_sentences(refusals):
    """The sentences of `_get_refusals`, each once."""
    return list(dict.fromkeys(sum(refusals.values(), [])))
