from . import course
