# in the order in which the pages are on `/my/backbone`
from . import portal
from . import forms
from . import application
from . import plan
from . import quarter
from . import committee
from . import pool
from . import rotation
from . import year
from . import training
from . import promotion
from . import mentoring
