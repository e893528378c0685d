"""The ground: everything that brings up Odoo for this project.

Standard library only, since this code builds the environment it would need.
"""
