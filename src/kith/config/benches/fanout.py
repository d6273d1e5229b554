"""The limit of live pages: a process that writes each line of one connection to all others, and nothing else."""

import asyncio
import sys

import uvloop

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 3000\n\n"


async def serve(port: int) -> None:
    """Answer on `port` of this machine until the process is ended."""
    pages: list[asyncio.StreamWriter] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if await reader.readline() == b"page\n":
            writer.write(HEAD)
            pages.append(writer)
            await reader.read()
            pages.remove(writer)
            return
        async for word in reader:
            event = b'event: inbox\ndata: {"word": "' + word.strip() + b'"}\n\n'
            for page in pages:
                page.write(event)

    server = await asyncio.start_server(meet, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
