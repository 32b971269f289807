"""What the registry is measured against: Flask with nothing in it, behind the same server and settings."""

from flask import Flask, render_template

from registry.cli.gate import Gate
from registry.cli.places import Places
from registry.cli.serve import PLACES, TOGETHER

app = Flask(__name__)


@app.get("/constant")
def constant() -> dict[str, str]:
    return {"verdict": "not_on_register"}


@app.get("/template")
def template() -> str:
    # A file, which Jinja compiles once; a template that is given as a string is compiled at every request.
    return render_template("small.html", title="遗失声明", text="声明作废")


served = Gate(app.wsgi_app, places=Places(together=TOGETHER["sqlite"], most=PLACES), limit=0)
