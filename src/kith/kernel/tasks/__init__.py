"""Background work on procrastinate: jobs live in the same database, enqueued in the transaction of the change.

`@task` declares a job, `.defer(…)` enqueues it; `@tick` declares due work that looks at the clock. Nobody above
knows procrastinate.
"""

from kith.kernel.tasks.jobs import TASKS, Queue, Task, task
from kith.kernel.tasks.ticks import TICKS, Tick, tick

__all__ = ["TASKS", "TICKS", "Queue", "Task", "Tick", "task", "tick"]
