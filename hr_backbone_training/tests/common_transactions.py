# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import ForeignKeyViolation

from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tools import SQL, mute_logger

from . import organization
from .common import BackboneCommon

PATIENCE = 30


class TransactionsCommon(BackboneCommon):
    """Several people at once, each in a transaction and a thread of their own.

    What they do is committed, and deleted afterwards. So it takes a database that only
    tests ever see; in any other one these tests are skipped.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not organization.find(cls.env):
            cls.skipTest(cls, "These tests commit, and this database is not theirs alone.")

    def setUp(self):
        super().setUp()
        with self.registry.cursor() as cr:
            last_ids, digests = self._get_last_ids(cr), self._get_digests(cr)
        self.addCleanup(self._forget, last_ids, digests)

    # -- acting ------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self):
        """The steps of the procedure, `self._submitted()` and so on, take place in a
        transaction of their own, which stays."""
        with self.registry.cursor() as cr:
            env = self.env(cr=cr)
            with patch.object(type(self), "env", env):
                yield env

    def _race(self, *acts):
        """All of these at once, each as a call over the network is executed.

        :param acts: functions of an environment
        :return: for each what it was refused with, or None when it went through
        """
        start = threading.Barrier(len(acts), timeout=PATIENCE)

        def run(act):
            with self.registry.cursor() as cr:
                env = self.env(cr=cr)
                # each has seen the database as it is now before any of them acts
                cr.execute("SELECT 1")
                start.wait()
                try:
                    retrying(lambda: act(env), env)
                except UserError as error:
                    cr.rollback()
                    return str(error)

        with ThreadPoolExecutor(len(acts)) as pool, mute_logger("odoo.sql_db"):
            return list(pool.map(run, acts))

    def assertOneWins(self, refusals, *sentences):
        """Exactly one went through, and the others were told one of these sentences."""
        self.assertEqual(refusals.count(None), 1, refusals)
        for refusal in filter(None, refusals):
            self.assertTrue(any(sentence in refusal for sentence in sentences), refusal)

    # -- leaving nothing behind --------------------------------------------------------------

    def _get_last_ids(self, cr):
        """:return: {table: the last id in it}"""
        tables = [
            model._table
            for model in self.registry.values()
            if model._auto and not model._abstract and not model._transient
        ]
        cr.execute(
            SQL(" UNION ALL ").join(
                SQL("SELECT %s, coalesce(max(id), 0) FROM %s", table, SQL.identifier(table))
                for table in tables
            )
        )
        return dict(cr.fetchall())

    def _get_digests(self, cr):
        """:return: {table: a digest of its rows}, of the tables that hold the organization"""
        found = organization.find(self.env(cr=cr))
        tables = {record._table for record in found.values()}
        cr.execute(
            SQL(" UNION ALL ").join(
                SQL(
                    "SELECT %s, md5(string_agg(t::text, '' ORDER BY id)) FROM %s t",
                    table,
                    SQL.identifier(table),
                )
                for table in tables
            )
        )
        return dict(cr.fetchall())

    def _forget(self, last_ids, digests):
        """Delete all that came after these, whatever refers to what; what was there before
        is as it was, or other tests would find another organization than theirs."""
        with self.registry.cursor() as cr:
            new_ids = self._get_last_ids(cr)
            left = {table for table, last in new_ids.items() if last > last_ids[table]}
            while left:
                gone = {table for table in left if self._delete_after(cr, table, last_ids[table])}
                self.assertTrue(gone, f"{left} refer to each other")
                left -= gone
            self.assertEqual(self._get_digests(cr), digests)

    def _delete_after(self, cr, table, last_id):
        """:return: whether nothing else refers to these rows any more"""
        statement = SQL("DELETE FROM %s WHERE id > %s", SQL.identifier(table), last_id)
        try:
            with mute_logger("odoo.sql_db"), cr.savepoint():
                cr.execute(statement)
        except ForeignKeyViolation:
            return False
        return True
