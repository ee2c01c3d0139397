"""Runs the page as a JupyterHub service at /services/etiquette/, behind the hub's login. Merge it into your own file.

The service needs an environment with both packages: pip install jupyterhub persistent-or-pesky.
"""

c = get_config()  # noqa: F821

c.JupyterHub.services = [
    {
        "name": "etiquette",
        "url": "http://127.0.0.1:8866",
        "command": [
            "/opt/etiquette/bin/etiquette",
            "serve",
            "--no-open",
            "--port=8866",
            "--base-url=/services/etiquette/",
            "--name=hub.example.org",
            "--login=jupyterhub",
        ],
        "oauth_no_confirm": True,
    }
]
c.JupyterHub.load_roles = [{"name": "user", "scopes": ["self", "access:services!service=etiquette"]}]
