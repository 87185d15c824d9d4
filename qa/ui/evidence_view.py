"""Evidence -> HTML: the printed table with the cited cell marked, or the paragraph with the sentence marked."""

from __future__ import annotations

from html import escape

from qa.evidence import Evidence, EvidenceCell, EvidenceRow, Grid, Heading, MarkedText

EMPTY = '<div class="evidence empty"><p>点答案里的角标 <b>[1]</b>，这里就显示它在报告中的原表或原文。</p></div>'


def evidence_to_html(evidence: Evidence) -> str:
    """The evidence pane. What is cited carries the class ``hit``."""
    unit = f'<span class="unit">单位：{escape(evidence.unit)}</span>' if evidence.unit else ""
    path = f'<p class="path">{escape(" › ".join(evidence.path))}</p>' if evidence.path else ""
    place = f"第 {evidence.page} 页 · 第 {evidence.line} 行 · {escape(evidence.report)}"
    grids = "".join(_grid(grid) for grid in evidence.grids)
    texts = "".join(_text(text) for text in evidence.texts)
    return (
        f'<div class="evidence"><header>{path}<h3>{escape(evidence.title)}</h3>'
        f'<p class="place">{place}{unit}</p></header>{grids}{texts}</div>'
    )


def _text(marked: MarkedText) -> str:
    pieces, at = [], 0
    for start, end in sorted(marked.spans):
        pieces.append(escape(marked.text[at:start]))
        pieces.append(f'<mark class="hit">{escape(marked.text[start:end])}</mark>')
        at = end
    pieces.append(escape(marked.text[at:]))
    name = f"<h4>{escape(marked.name)}</h4>" if marked.name else ""
    return f'{name}<p class="paragraph">{"".join(pieces)}</p>'


def _grid(grid: Grid) -> str:
    # Columns for codes and names stand only where the table has some (a table of one row names none).
    stub = (any(row.code for row in grid.rows), any(row.label for row in grid.rows) or not grid.rows)
    caption = f"<caption>{escape(grid.panel)}</caption>" if grid.panel else ""
    rows = "".join(_row(row, stub) for row in grid.rows)
    return (
        f'<div class="scroll"><table class="printed">{caption}<thead>{_header(grid, stub)}</thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _header(grid: Grid, stub: tuple[bool, bool]) -> str:
    depth = max(len(grid.headings), 1)
    names = [name for name, shown in zip(("编码", "项目"), stub, strict=True) if shown]
    corner = "".join(f'<th scope="col" rowspan="{depth}">{name}</th>' for name in names)
    if not grid.headings:
        return f"<tr>{corner}</tr>"
    lines = ["".join(_heading(heading) for heading in row) for row in grid.headings]
    return f"<tr>{corner}{lines[0]}</tr>" + "".join(f"<tr>{line}</tr>" for line in lines[1:])


def _heading(heading: Heading) -> str:
    return f'<th scope="col" colspan="{heading.across}" rowspan="{heading.down}">{escape(heading.text)}</th>'


def _row(row: EvidenceRow, stub: tuple[bool, bool]) -> str:
    coded, named = stub
    code = f'<td class="code">{escape(row.code)}</td>' if coded else ""
    level = f" level-{row.level}" if row.level is not None else ""
    name = f'<th scope="row" class="name{level}">{escape(row.label)}</th>' if named else ""
    cells = "".join(_cell(cell) for cell in row.cells)
    cited = ' class="cited"' if row.cited else ""
    return f"<tr{cited}>{code}{name}{cells}</tr>"


def _cell(cell: EvidenceCell) -> str:
    if cell.cited:
        return f'<td class="hit" aria-label="被引用的单元格：{escape(cell.text) or "空白"}">{escape(cell.text)}</td>'
    return f"<td>{escape(cell.text)}</td>"
