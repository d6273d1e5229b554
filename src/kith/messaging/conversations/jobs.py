"""Background work that actions ask for: the search learns what was written."""

from kith.kernel.tasks import Queue, task
from kith.portal.search.actions import reindex

KIND = "post"


@task("messaging.index-posts", queue=Queue.BULK)
def index_posts(*, ids: list[int]) -> None:
    """Bring the search up to date for some posts: new, changed, withdrawn or gone."""
    reindex(kind=KIND, ids=ids)
