"""Talk: greetings, thanks, what one can ask; and questions that are none."""

from __future__ import annotations

from qa.answer import Answer
from qa.plan import Plan
from qa.shelf import Shelf
from qa.suggest import starters
from qa.understand.reading_limits import LONGEST


def run(plan: Plan, shelf: Shelf) -> Answer:
    """A short, calm reply with questions to go on with; asserts nothing."""
    info = shelf.catalogue.info
    subject = f"{info.department}{info.year}年度部门{info.document}"
    offers = starters(shelf.catalogue)
    if plan.kind == "empty":
        return Answer(
            plan.question,
            "clarify",
            "chat",
            "没有看到问题。请写下想问的内容，例如下面这些。",
            suggestions=offers,
            options=offers,
        )
    if plan.kind == "too_long":
        said = f"问题有 {len(plan.question):,} 个字，太长了（最多 {LONGEST} 个字）。请只写要问的那一句。"
        return Answer(plan.question, "clarify", "chat", said, suggestions=offers)
    text = {
        "greet": f"您好。我可以回答《{subject}》里的问题，每个数字都注明出处。",
        "thanks": "不客气。还想了解什么，可以接着问。",
        "help": f"我只回答《{subject}》里有的内容：各表和说明里的数字（收入、支出、“三公”经费、预算与决算、完成率、占比、与上年相比），"
        "由它们算出的合计、差额、比例、平均数和排名，增减原因、资金用途、部门职能、机构设置、绩效评价，以及报告自身的不一致。每个数字都注明出处；报告没有的会直接说明。",
        "who": f"我是“决算问答”，一个按报告原文回答问题的程序，现在打开的是《{subject}》。",
        "insult": "抱歉没有帮上忙。请直接写想查的内容，例如下面这些。",
    }[plan.topic]
    return Answer(plan.question, "answered", "chat", text, suggestions=offers)
