"""One web process: uvicorn on its own SO_REUSEPORT socket, pages in threads, the live stream on the loop."""

import resource
import socket

import uvicorn

from kith.config import environment
from kith.config.ground import application, sockets
from kith.config.ground.protocol import Protocol

GRACE = 8  # seconds for pages under way when the process is to end


class Server(uvicorn.Server):
    """uvicorn's server, which closes the open streams before it waits for connections."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End streams, then pages, then the process."""
        application.streams.close()
        await super().shutdown(sockets=sockets)


def serve(*, host: str, port: int) -> None:
    """Answer on `host`:`port` until SIGTERM or SIGINT."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # every open page holds a stream
    proxies = environment.proxies()
    config = uvicorn.Config(
        application.application,
        loop="uvloop",
        http=Protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE,
        backlog=1024,
    )
    Server(config).run(sockets=[sockets.listener(host=host, port=port)])
