from . import test_achievement
from . import test_achievement_import
from . import test_achievement_notices
from . import test_portal_promotion
from . import test_promotion_routes
from . import test_suggestion
from . import test_suggestion_import
