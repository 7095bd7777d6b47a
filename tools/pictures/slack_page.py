"""Block Kit as HTML that resembles Slack, for looking at. Only what Prep draws is known here."""

from __future__ import annotations

from html import escape
from typing import Any

from tools.pictures.browser import PANELS
from tools.pictures.chart import Line, svg

Block = dict[str, Any]

STYLE = """
body{margin:0;display:flex;align-items:flex-start;font:15px/22px Lato,"Liberation Sans",Arial,sans-serif}
.panel{flex:none;box-sizing:border-box;background:var(--base);color:var(--text)}
.light{--base:#fff;--text:#1d1c1d;--faint:#616061;--raised:#f8f8f8;--line:#ddd;--edge:rgba(29,28,29,.3);--danger:#e01e5a}
.dark{--base:#1a1d21;--text:#d1d2d3;--faint:#ababad;--raised:#222529;--line:#35373b;--edge:#797c81;--danger:#e66486}
.m{display:flex;padding:10px 16px 14px}
.a{flex:none;width:36px;height:36px;border-radius:6px;background:#1f3a4d;color:#fff;text-align:center;line-height:36px;
font-weight:700;margin-right:8px}
.b{flex:1;min-width:0}
.who{font-weight:900}
.app{font-size:10px;background:var(--line);color:var(--faint);border-radius:2px;padding:1px 3px;margin:0 4px}
.t,.c{font-size:12px;color:var(--faint);line-height:18px}
.only{font-size:13px;color:var(--faint)}
.r{margin:2px 0 6px;white-space:pre-wrap;overflow-wrap:anywhere}
.pre{font:12px/18px Monaco,Menlo,Consolas,"DejaVu Sans Mono",monospace;background:var(--raised);border:1px solid var(--line);
border-radius:4px;padding:8px;white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0}
.c{margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere}
.x{display:flex;flex-wrap:wrap;gap:8px;margin:6px 0}
.x span{border:1px solid var(--edge);border-radius:4px;font-weight:700;font-size:13px;line-height:28px;padding:0 11px;
max-width:100%;box-sizing:border-box;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.x .primary{background:#007a5a;color:#fff;border-color:#007a5a}.x .danger{color:var(--danger);border-color:var(--danger)}
.d{border:1px solid var(--line);border-radius:8px;padding:10px 12px;margin:6px 0}
.w{overflow-x:auto;margin:6px 0}
table{border-collapse:collapse;font-size:13px;line-height:18px}
td{border:1px solid var(--line);padding:5px 9px;vertical-align:top;white-space:nowrap;max-width:260px}
td.wrap{white-space:normal}tr:first-child td{font-weight:700;background:var(--raised)}td.right{text-align:right}
.v{margin:8px;border:1px solid var(--edge);border-radius:8px;box-sizing:border-box;padding:0 20px 14px}
.v h1{font-size:20px;font-weight:900;margin:14px 0}.v label{font-weight:700;display:block;margin-top:14px}
.f{border:1px solid var(--edge);border-radius:4px;padding:6px 10px;min-height:22px;white-space:pre-wrap}
.f.lines{min-height:88px}.f.empty{color:var(--faint)}
.home{padding:16px 20px}hr{border:0;border-top:1px solid var(--line);margin:12px 0}
.h{font-size:13px;color:var(--faint)}.opt{font-weight:400;color:var(--faint)}
"""
_MEASURE = """<script>
const cut=[...document.querySelectorAll('.r,.pre,.c,.x span,.b')].filter(e=>e.scrollWidth>e.clientWidth+1);
document.title=Math.ceil(document.body.getBoundingClientRect().height)+' '+cut.length;
</script>"""


def page(body: str) -> str:
    """A whole page; its title tells its height and how many boxes are too narrow for what is in them."""
    panels = "".join(
        f'<div class="panel {theme}" style="width:{width}px">{body}</div>' for width, theme in PANELS
    )
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style><body>{panels}{_MEASURE}"


def message(blocks: list[Block], *, alone: bool) -> str:
    """A message of Prep."""
    only = '<div class="only">Only visible to you</div>' if alone else ""
    inner = "".join(_block(block) for block in blocks)
    head = '<span class="who">Prep</span><span class="app">APP</span><span class="t">15:00</span>'
    return f'<div class="m"><div class="a">P</div><div class="b">{only}{head}{inner}</div></div>'


def home(view: Block) -> str:
    """Somebody's Home."""
    return f'<div class="home">{"".join(_block(block) for block in view["blocks"])}</div>'


def modal(view: Block) -> str:
    """A form."""
    ends = "".join(
        f'<span class="{"primary" if key == "submit" else ""}">{escape(view[key]["text"])}</span>'
        for key in ("close", "submit")
        if view.get(key)
    )
    inner = "".join(_block(block) for block in view["blocks"])
    return f'<div class="v"><h1>{escape(view["title"]["text"])}</h1>{inner}<div class="x">{ends}</div></div>'


def _block(block: Block) -> str:
    match block["type"]:
        case "rich_text":
            return "".join(_rich(part) for part in block["elements"])
        case "context":
            return f'<div class="c">{"".join(escape(one["text"]) for one in block["elements"])}</div>'
        case "actions":
            return f'<div class="x">{"".join(_button(one) for one in block["elements"])}</div>'
        case "table":
            return _table(block)
        case "data_visualization":
            return _chart(block)
        case "divider":
            return "<hr>"
        case "input":
            return _input(block)
    raise ValueError(f"a block that is not drawn here: {block['type']}")


def _rich(part: Block) -> str:
    inner = "".join(_piece(piece) for piece in part["elements"])
    kind = "pre" if part["type"] == "rich_text_preformatted" else "r"
    return f'<div class="{kind}">{inner}</div>'


def _piece(piece: Block) -> str:
    if piece["type"] == "emoji":
        return "&#9888;&#65039;"
    text = escape(piece["text"])
    return f"<b>{text}</b>" if (piece.get("style") or {}).get("bold") else text


def _button(button: Block) -> str:
    return f'<span class="{button.get("style", "")}">{escape(button["text"]["text"])}</span>'


def _table(block: Block) -> str:
    settings = block["column_settings"]
    rows = []
    for row in block["rows"]:
        cells = zip(row, settings, strict=True)
        rows.append("".join(f'<td class="{_kind(how)}">{escape(cell["text"])}</td>' for cell, how in cells))
    return f'<div class="w"><table>{"".join(f"<tr>{row}</tr>" for row in rows)}</table></div>'


def _chart(block: Block) -> str:
    names = block["chart"]["axis_config"]["categories"]
    places = [at / max(1, len(names) - 1) if len(names) > 1 else 0.5 for at in range(len(names))]
    lines = [
        Line(one["name"], [(x, point["value"]) for x, point in zip(places, one["data"], strict=True)])
        for one in block["chart"]["series"]
    ]
    drawn = svg(lines, list(zip(places, names, strict=True)), "currentColor")
    return f'<div class="d"><b>{escape(block["title"])}</b>{drawn}</div>'


def _kind(setting: Block) -> str:
    return f"{setting['align']}{' wrap' if setting.get('is_wrapped') else ''}"


def _input(block: Block) -> str:
    element = block["element"]
    option = element.get("initial_option") or {}
    chosen = [one["text"]["text"] for one in element.get("initial_options", [])]
    value = element.get("initial_value") or element.get("initial_date") or ", ".join(chosen)
    value = value or (option.get("text") or {}).get("text", "")
    optional = ' <span class="opt">(optional)</span>' if block.get("optional") else ""
    hint = f'<div class="h">{escape(block["hint"]["text"])}</div>' if block.get("hint") else ""
    label = escape(block["label"]["text"])
    empty = "" if value else " empty"
    placeholder = (element.get("placeholder") or {}).get("text", "")
    lines = " lines" if element.get("multiline") else ""
    return f'<label>{label}{optional}</label><div class="f{empty}{lines}">{escape(str(value or placeholder))}</div>{hint}'
