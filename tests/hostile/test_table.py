"""Each row of each table, for each driver: what comes out, what the site saw, and that nothing stays open."""

import gc

import pytest

from tests.hostile.drivers import DRIVERS, ask
from tests.hostile.every import CASES


# Under trio, httpcore's own generators warn where a body is left: they are three deep, and only the outermost can be closed.
@pytest.mark.filterwarnings("ignore:Async generator 'httpcore.* was garbage collected:ResourceWarning")
@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize("case", [pytest.param(case, id=f"{table}: {case.name}") for table, case in CASES])
def test_row(case, driver):
    with case.scene() as scene:
        found = ask(driver, [url.format_map(scene.ports) for url in case.urls], case.previewer(scene.ports))
        gc.collect()  # what was not closed warns, which is an error
        assert scene.left() == 0
        case.check(found, scene)
