"""The registry as a WSGI application, `app`; `python app.py` prepares what is missing and serves it."""

from registry import create_app
from registry.cli import front, starting

with starting.refusals_in_one_sentence():
    if __name__ == "__main__":
        from registry.cli import serve

        serve.main()
    elif front.is_asked_for_commands():
        app = front.make_front()
    elif __name__ != "__mp_main__":  # a worker started afresh runs this file again, and makes its own application
        app = create_app()
