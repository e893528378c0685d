from . import test_enrollment
from . import test_course_report
from . import test_portal_course
from . import test_translations
