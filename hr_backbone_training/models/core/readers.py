# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Who reads what somebody writes, said before it is written: from one table, which a test holds
against the rules of access."""

from odoo.tools import format_list
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# who they are to the document: what a document names in `_readers`
READERS = {
    "employee": _lt("the employee"),
    "employee_shared": _lt("the employee, if the company shows it"),
    "participants": _lt("the participants"),
    "managers": _lt("the employee's managers"),
    "mentor": _lt("the mentor"),
    "recommender": _lt("whoever recommended"),
    "approver": _lt("the director"),
    "host": _lt("the host and that department's manager"),
    "trainer": _lt("the trainer"),
    "rater": _lt("whoever gives a second opinion"),
    "reviewer": _lt("the reviewer"),
    "objector": _lt("whoever objected"),
    "committee": _lt("the selection committee"),
    "everyone": _lt("everyone in the company"),
    "hr": _lt("human resources"),
    "administrators": _lt("HR administrators"),
}


# how they are called when the reader is one of them
OWN = {
    **dict.fromkeys(READERS, _lt("you")),
    "managers": _lt("your managers"),
}
# the field of a document that says who they are
PEOPLE = {
    "employee": "employee_id",
    "employee_shared": "employee_id",
    "mentor": "mentor_id",
    "recommender": "recommender_id",
    "approver": "approver_id",
    "reviewer": "reviewer_id",
    "rater": "rater_id",
}


class PrivateReason(str):
    """The written reason of a step, which goes to HR alone: the decision and the movement keep
    it apart from the comment that all who read the document read."""


def say_readers(env, names, private=False, own=()):
    """Who reads it, as one reads it below “Read by”.

    :param names: of `READERS`
    :param bool private: it is a `PrivateReason`
    :param own: those of the names that stand for the user
    """
    if private:
        return env._("human resources only. The others learn of this step, but not of the reason.")
    own = set(own)
    if own & {"employee", "employee_shared"}:
        own.add("managers")
    # whoever writes comes first, and once
    names = sorted(names, key=lambda name: name not in own)
    words = [(OWN if name in own else READERS)[name] for name in names]
    # pylint: disable-next=gettext-variable
    return format_list(env, list(dict.fromkeys(env._(word) for word in words)))
