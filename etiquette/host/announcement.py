"""What a workshop's server prints when it is ready: both addresses, what they are for, and how phones get there."""

from __future__ import annotations

from collections.abc import Callable

from etiquette.host.local_address import local_address
from etiquette.host.options import ALL_INTERFACES, THIS_MACHINE, Options, running_as_root

ALL_INTERFACES_V6, THIS_MACHINE_V6 = "::", "::1"

FOR_LEARNERS = "Show it to the room. People open it on their phones, and join with the code of your room."
FOR_THE_FACILITATOR = (
    "Open it on this machine to prepare a session, open a room and run it. Keep it secret: anyone who has it can open "
    "rooms."
)
NO_NETWORK = (
    "There’s no address to show, because this machine isn’t on a network. Connect it to the same Wi-Fi as the phones, "
    "or let it open a hotspot for them. Then open the facilitator’s page, which shows the address."
)
ONLY_HERE = "Phones can’t open it, because the server listens on this machine only."
AS_ROOT = f"{ONLY_HERE} It does that when you start it as root. Start it as an ordinary user, without sudo."
ON_REQUEST = f"{ONLY_HERE} Leave out --ip to let them in."
BEHIND_A_PROXY = "Your proxy serves it, perhaps over https and on another port."
IF_PHONES_CANT = (
    "If a phone can’t open it, check three things. It must be on the same network as this machine. This machine’s "
    "firewall must let in port {port}. And the network must let devices reach each other, which guest networks "
    "often don’t: if so, open a hotspot on this machine, or use a hosted server."
)


def page_url(host: str, port: int | None, path: str) -> str:
    """The URL of this path at a host name or address; the port is left out if None."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}{'' if port is None else f':{port}'}{path}"


def public_url(options: Options, port: int, own_address: Callable[[], str] = local_address) -> str:
    """The URL at which phones reach the learners' page; empty if they can't, or if a proxy decides that."""
    if options.names or not options.public:
        return ""
    listening = options.listens_on
    host = own_address() if listening in (ALL_INTERFACES, ALL_INTERFACES_V6) else listening
    return page_url(host, port, options.base_url) if host else ""


def own_url(options: Options, port: int, path: str) -> str:
    """The URL of this path of the server in a browser on this machine."""
    own = {ALL_INTERFACES: THIS_MACHINE, ALL_INTERFACES_V6: THIS_MACHINE_V6}
    return page_url(own.get(options.listens_on, options.listens_on), port, path)


def announcement(options: Options, port: int, facilitator_path: str, phones_url: str) -> str:
    """The lines to print. `phones_url` is the `public_url`."""
    if options.names:
        behind_a_proxy = not options.public
        learners = page_url(options.names[0], None if behind_a_proxy else port, options.base_url)
        advice = [FOR_LEARNERS, BEHIND_A_PROXY] if behind_a_proxy else [FOR_LEARNERS]
    elif phones_url:
        learners, advice = phones_url, [FOR_LEARNERS, IF_PHONES_CANT.format(port=port)]
    elif options.public:
        learners, advice = "none yet", [NO_NETWORK]
    else:
        learners = own_url(options, port, options.base_url)
        advice = [AS_ROOT if options.ip is None and running_as_root() else ON_REQUEST]
    if options.port not in (0, port):
        advice.append(f"Port {options.port} was taken, so the server is on {port}. Links from before don’t lead here.")
    lines = [f"The learners' page: {learners}", *(f"    {sentence}" for sentence in advice)]
    lines += [f"The facilitator's page: {own_url(options, port, facilitator_path)}", f"    {FOR_THE_FACILITATOR}"]
    return "\n".join(lines)
