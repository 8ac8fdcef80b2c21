#!/usr/bin/env python3
"""The accountants' file of a closed month computed a second time, from the export, the signed settings and the staff alone.

    pay.py EXPORT ZONE LIST PERIOD SETTINGS STAFF

STAFF is a JSON file: "departments" (queue to department; a queue that is not there is one by itself), "numbers" (agent to employee
number), "serving" (queue to agents: the queues of the list, and everybody who is paid there). Prints a line a row:
number;department;period;indicator;value. The month has to be approved by mail and closed. Nothing of the program is used: figures are
those of kpi.py, what is closed when stands in the export.
"""

import json
import sys
import tomllib
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import kpi

# Indicator: its figure, its measure, whether more is better. All that the settings may name.
KNOWN = {
    "SLA_EXTR": ("sla_resolution_emergency_pct", "percent", True),
    "SLA_STD": ("sla_resolution_standard_pct", "percent", True),
    "SLA_CONS": ("sla_resolution_consultation_pct", "percent", True),
    "FRT": ("frt_mean", "minutes", False),
    "TTR": ("ttr_mean", "minutes", False),
    "NOESC": ("no_escalation_pct", "percent", True),
    "DIAG": ("diagnosis_pct", "percent", True),
    "DOC": ("documented_pct", "percent", True),
    "CSAT": ("csat_mean", "score", True),
    "REPEAT": ("repeat_pct", "percent", False),
    "VOLUME": ("solved", "count", True),
    "SLA_ALL": ("sla_resolution_pct", "percent", True),
    "SLA_FRT": ("sla_first_response_pct", "percent", True),
    "SLA_RUN": ("response_run_sla", "percent", True),
    "REOPENED": ("reopen_pct", "percent", False),
    "SLA_URG": ("sla_resolution_urgent_pct", "percent", True),
    "FRT_EXTR": ("frt_emergency_mean", "minutes", False),
    "FRT_URG": ("frt_urgent_mean", "minutes", False),
    "FRT_STD": ("frt_standard_mean", "minutes", False),
    "FRT_CONS": ("frt_consultation_mean", "minutes", False),
    "TTR_EXTR": ("ttr_emergency_mean", "minutes", False),
    "TTR_URG": ("ttr_urgent_mean", "minutes", False),
    "TTR_STD": ("ttr_standard_mean", "minutes", False),
    "TTR_CONS": ("ttr_consultation_mean", "minutes", False),
}


def settings(path):
    """Indicators in their order: code, figure, measure, more is better, plan, weight, enough, steps."""
    with open(path, "rb") as file:
        told = tomllib.load(file, parse_float=Decimal)
    unknown = sorted(set(told.get("indicator", {})) - set(KNOWN))
    if unknown:
        raise SystemExit("%s has indicators that nobody here can compute: %s" % (path, ", ".join(unknown)))
    found = []
    for code, (figure, measure, more) in KNOWN.items():
        if code in told.get("indicator", {}):
            found.append((code, figure, measure, more, told["indicator"][code]))
    for code in sorted(told.get("fact", {})):
        own = told["fact"][code]
        found.append((code, "x:" + code, own["measure"], own.get("better", "more") == "more", own))
    return found


def fewest(code, own, figure, measure):
    """Of how many a share has to be to be paid by; times are counted in sixtieths of minutes, unless a file brings them."""
    each = 60 if measure == "minutes" and not figure.startswith("x:") else 1
    return own.get("enough", 5 if code == "CSAT" else 1) * each


def score(facts, indicators):
    """Of each indicator what is paid by and what it contributes; and the coefficient."""
    rows, known = [], Fraction(0)
    # Of whom nothing was measured, or too little of all, nothing is scored.
    is_measured = False
    for code, figure, measure, _, own in indicators:
        above, below = facts.get(figure, (0, None))
        enough = max(fewest(code, own, figure, measure), 1)
        is_measured = is_measured or (above != 0 if below is None else below >= enough)
    for code, figure, measure, more, own in indicators:
        if figure not in facts:
            # Nobody has brought it.
            rows.append((code, None, None, own))
            continue
        above, below = facts[figure]
        enough = fewest(code, own, figure, measure)
        factor, places = {"percent": (100, 2), "minutes": (1, 0), "score": (1, 2), "count": (1, 0)}[measure]
        if below is not None and (below < enough or below == 0):
            rows.append((code, None, None, own))
            continue
        if not is_measured:
            rows.append((code, Fraction(above), None, own))
            continue
        value = Fraction(above * factor, below or 1)
        # Where less is better it may be nought: then nothing but nought reaches it.
        plan = Fraction(own["plan"])
        if more:
            completion = value * 100 / plan
        else:
            # Nothing is better than nought: it is at least what the highest step asks.
            best = max([Fraction(100)] + [Fraction(step[0]) for step in own["steps"]])
            completion = best if value <= 0 else plan * 100 / value
        points = next((Fraction(step[1]) for step in own["steps"] if completion >= Fraction(step[0])), Fraction(0))
        known += Fraction(own["weight"])
        rows.append((code, rounded(value, places) if below is not None else value, points * Fraction(own["weight"]), own))
    # Summed exactly, rounded once.
    parts = [part for _, _, part, _ in rows if part is not None]
    coefficient = sum(parts, Fraction(0)) / known if parts else None
    if parts and known != 1:
        coefficient = rounded(coefficient, 4)
    return {code: value for code, value, _, _ in rows}, coefficient


def rounded(value, places):
    """Once, half away from zero."""
    scaled = value * 10**places
    whole = abs(scaled.numerator) * 2 // scaled.denominator
    whole = (whole + 1) // 2
    return Fraction(whole if scaled >= 0 else -whole, 10**places)


def shown(value):
    if value is None:
        return ""
    return "%s" % format(Decimal(value.numerator) / Decimal(value.denominator), "f")


class Months:
    """The closed months of a list, as the export tells them, and the files from outside."""

    def __init__(self, path, name):
        drafts, self.closed, self.outside = {}, {}, []
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                event = json.loads(line)
                data = event["data"]
                if event["kind"] == "facts_imported":
                    self.outside.append((event["seq"], data))
                if event["kind"] != "payroll" or data["list"] != name:
                    continue
                fact = data["fact"]
                if fact["what"] == "drafted":
                    drafts[data["period"], fact["number"]] = fact
                if fact["what"] == "frozen":
                    self.closed[data["period"]] = drafts[data["period"], fact["draft"]]


class Staff:
    """Who is paid where: one row an employee number and department, of all the queues and agents that they are there."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            told = json.load(file)
        self.rows = {}
        for queue, agents in told["serving"].items():
            for agent in agents:
                row = told["numbers"][agent], told["departments"].get(queue, queue)
                self.rows.setdefault(row, []).append((queue, agent))


def facts_of(months, path, zone, place, staff):
    """The figures of each row, of a period as it was after an event, with those from outside."""
    period, upto = place
    whole = kpi.count_period(kpi.read_tickets(path, upto), zone, period)
    outside = {}
    for seq, data in months.outside:
        if seq <= upto and data["period"] == period:
            for fact in data["facts"]:
                key = fact["queue"], fact["agent"], fact["figure"]
                outside[key] = (fact["numerator"], fact.get("denominator"))
                if fact.get("is_withdrawn"):
                    del outside[key]
    found = {}
    for row, parts in staff.rows.items():
        sums = kpi.Sums()
        for part in parts:
            sums.add(whole[part])
        own = {code: (above, below) for code, above, below in kpi.figures(sums)}
        for (queue, agent, figure), (above, below) in outside.items():
            if (queue, agent) in parts:
                known = own.get(figure, (0, None if below is None else 0))
                own[figure] = (known[0] + above, None if below is None else known[1] + below)
        found[row] = own
    return found


def main(path, zone, name, period, rules, people):
    zone, indicators, months, staff = ZoneInfo(zone), settings(rules), Months(path, name), Staff(people)
    own = months.closed[period]
    counted = lambda period, upto: facts_of(months, path, zone, (period, upto), staff)
    say = lambda row, period, code, value: print(";".join(row + (period, code, shown(value))))
    now = counted(period, own["upto"])
    for row, facts in now.items():
        told, coefficient = score(facts, indicators)
        for code, value in told.items():
            say(row, period, code, value)
        say(row, period, "KOEFF", coefficient)
    since = own.get("since")
    for other, drafted in sorted(months.closed.items()):
        if since is None or drafted["upto"] > since:
            continue
        # As it was told last, and as it is: both counted as a whole, not ticket by ticket.
        before, after = counted(other, since), counted(other, own["upto"])
        for row in staff.rows:
            rows = []
            for code, figure in (("KORR_SOLVED", "solved"), ("KORR_MET", "sla_resolution_pct")):
                rows.append((code, Fraction(after[row][figure][0] - before[row][figure][0])))
            if drafted.get("definitions", 1) == own.get("definitions", 1):
                was, is_now = score(before[row], indicators), score(after[row], indicators)
                for code in was[0]:
                    rows.append(("KORR_" + code, (is_now[0][code] or Fraction(0)) - (was[0][code] or Fraction(0))))
                rows.append(("KORR_KOEFF", (is_now[1] or Fraction(0)) - (was[1] or Fraction(0))))
            for code, by in rows:
                if by != 0:
                    say(row, other, code, by)


if __name__ == "__main__":
    main(*sys.argv[1:7])
