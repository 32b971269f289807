"""What the registry is measured against: Flask with nothing in it, behind the same server and settings."""

from flask import Flask, render_template_string

app = Flask(__name__)
PAGE = "<!doctype html><html lang='zh-CN'><title>{{ title }}</title><h1>{{ title }}</h1><p>{{ text }}</p></html>"


@app.get("/constant")
def constant() -> dict[str, str]:
    return {"verdict": "not_on_register"}


@app.get("/template")
def template() -> str:
    return render_template_string(PAGE, title="遗失声明", text="声明作废")
