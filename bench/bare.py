"""What the registry is measured against: Flask with nothing in it, behind the same server and settings."""

from pathlib import Path

from flask import Flask, render_template

app = Flask(__name__, template_folder=str(Path(__file__).parent / "templates"))


@app.get("/constant")
def constant() -> dict[str, str]:
    return {"verdict": "not_on_register"}


@app.get("/template")
def template() -> str:
    return render_template("bare.html", title="遗失声明", text="声明作废")
