"""What all periodic jobs have in common: they can be killed, run again, and run side by side."""

from odoo.fields import Domain


def run_in_batches(model, domain, step, batch_size):
    """Take `step` on the records of `domain`, a batch at a time, each in a transaction of its own.

    Those that somebody else has in hand at this moment are left to them, or to the next run; what
    does not fit `domain` any more once it is locked is left out. A batch that is killed is undone
    as a whole, and found again.

    :param step: called with each batch, locked
    :param int batch_size: how many at once
    """
    model, last = model.browse(), 0
    domain = Domain(domain)
    while batch := model.search(domain & Domain("id", ">", last), limit=batch_size, order="id"):
        last = batch[-1].id
        locked = batch.try_lock_for_update(allow_referencing=True)
        # changed by someone who committed before the lock was ours
        locked.invalidate_recordset()
        if due := locked.filtered_domain(domain):
            step(due)
        remaining = model.search_count(domain & Domain("id", ">", last))
        if not model.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
            break
