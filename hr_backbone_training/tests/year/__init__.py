from . import (
    test_badge,
    test_evaluation,
    test_evaluation_by_hand,
    test_evaluation_early,
    test_evaluation_order,
    test_evaluation_print,
    test_evaluation_quarters,
    test_evaluation_zero,
    test_leniency,
    test_fairness_run,
    test_own_run,
    test_rater_severity,
    test_rivals,
)
from . import test_evaluation_guards
from . import test_outstanding
