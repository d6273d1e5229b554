"""`/health/live`, `/health/ready` and `/metrics`: numbers and words, nobody's data."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from kith.access.policies import allow, anyone, operator
from kith.config.health import probes, queues
from kith.kernel import switches


@allow(anyone)
@require_safe
@never_cache
def live(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("live", content_type="text/plain")


@allow(anyone)
@require_safe
@never_cache
def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether this process can serve people (503: not now, and why), and what waits in the queues."""
    findings = [probes.database(), probes.room()]
    is_ready = all(finding.is_well for finding in findings)
    answer: dict[str, object] = {
        "ready": is_ready,
        "findings": {finding.name: finding.sentence for finding in findings},
    }
    if findings[0].is_well:
        answer["jobs"] = {
            one.queue: {"waiting": one.waiting, "oldest_seconds": one.oldest_seconds} for one in queues.backlog()
        }
        answer["workers"] = queues.workers_alive()
        answer["muted"] = switches.is_muted()
    return JsonResponse(answer, status=200 if is_ready else 503)


@allow(operator)
@require_safe
@never_cache
def metrics(_request: HttpRequest) -> HttpResponse:
    """Give the queue's numbers to Prometheus."""
    return HttpResponse(numbers(), content_type=CONTENT_TYPE_LATEST)


def numbers() -> bytes:
    """Return the queue's numbers in Prometheus' words."""
    registry = CollectorRegistry()
    up = Gauge("kith_database_up", "Whether the database answers.", registry=registry)
    waiting = Gauge("kith_jobs_waiting", "Jobs that could run now.", ["queue"], registry=registry)
    oldest = Gauge("kith_jobs_oldest_seconds", "Age of the oldest of them.", ["queue"], registry=registry)
    failed = Gauge("kith_jobs_failed", "Jobs that were given up.", registry=registry)
    workers = Gauge("kith_workers_alive", "Lanes of workers with a heartbeat.", registry=registry)
    try:
        for one in queues.backlog():
            waiting.labels(queue=one.queue).set(one.waiting)
            oldest.labels(queue=one.queue).set(one.oldest_seconds)
        failed.set(queues.failed())
        workers.set(queues.workers_alive())
        up.set(1)
    except DatabaseError:
        up.set(0)
    return generate_latest(registry)
