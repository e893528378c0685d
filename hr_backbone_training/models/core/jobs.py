# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""What all periodic jobs have in common: they can be killed, run again, and run side by side; and
a row that fails stops no other."""

import logging

from odoo.fields import Domain

from .words import get_written_lang

_logger = logging.getLogger(__name__)


def run_in_batches(model, domain, step, batch_size):
    """Take `step` on the records of `domain`, a batch at a time, each in a transaction of its own.

    Those that somebody else has in hand at this moment are left to them, or to the next run; what
    does not fit `domain` any more once it is locked is left out. A batch that is killed is undone
    as a whole, and found again. A record that fails is left, with a line in the log, and found
    again by the next run; the others of its batch are not.

    :param step: called with each batch, locked, in the language of its company
    :param int batch_size: how many at once
    """
    model, last = model.browse(), 0
    domain = Domain(domain)
    while batch := model.search(domain & Domain("id", ">", last), limit=batch_size, order="id"):
        last = batch[-1].id
        locked = batch.try_lock_for_update(allow_referencing=True)
        # changed by someone who committed before the lock was ours
        locked.invalidate_recordset()
        due = locked.filtered_domain(domain)
        for lang, part in due.grouped(get_written_lang).items():
            take_apart(part.with_context(lang=lang), step)
        remaining = model.search_count(domain & Domain("id", ">", last))
        if not model.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
            break


def take_apart(records, step):
    """Take `step` on all the records at once; where that fails, on ever smaller parts of them, so
    that only those are left undone that fail by themselves. These are logged.

    :param step: called with records
    :return: the records that failed
    """
    failures = list(find_failures(records, step))
    failed = records.browse([record.id for record, _error in failures])
    if failures:
        _logger.error(
            "These failed, and were left as they are: %s", failed, exc_info=failures[0][1]
        )
    return failed


def find_failures(records, step):
    """As `take_apart`, for whoever says what failed.

    :return: (record, error) of each that failed by itself
    """
    if not records:
        return
    try:
        with records.env.cr.savepoint():
            step(records)
    except Exception as error:
        if len(records) == 1:
            yield records, error
            return
        middle = len(records) // 2
        yield from find_failures(records[:middle], step)
        yield from find_failures(records[middle:], step)
