"""On the path of every server that a test starts: whatever it does in Python, it reaches no other machine."""

import sys
from ipaddress import ip_address

WHERE_TO = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0}


def refuse(event: str, args: tuple[object, ...]) -> None:
    """An audit hook: it sees every socket and cannot be taken off again."""
    place = args[WHERE_TO[event]] if event in WHERE_TO else None
    host = place[0] if isinstance(place, tuple) else place if event == "socket.getaddrinfo" else None
    if host and not _is_here(host.decode() if isinstance(host, bytes) else str(host)):
        raise PermissionError(f"{host} is beyond this machine, where no test goes")


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    except ValueError:
        return False


sys.addaudithook(refuse)
