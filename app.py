"""The registry as a WSGI application, `app`; `python app.py` prepares what is missing and serves it."""

from registry import create_app
from registry.cli import serve, starting

with starting.refusals_in_one_sentence():
    if __name__ == "__main__":
        serve.main()
    elif __name__ != "__mp_main__":  # a worker started afresh runs this file again, and makes its own application
        app = create_app()
