#!/usr/bin/env python3
"""Every figure computed a second time, from the export alone (docs/events.md) and by the definitions alone.

    kpi.py EXPORT ZONE PERIOD... [QUEUE=CAPACITY...]      PERIOD: 2026-10, 2026-q4, 2026; CAPACITY: requests a month

Prints a line a figure: period;queue;agent;figure;numerator;denominator. An empty agent is what is nobody's of the queue, "*"
is the whole queue; an empty queue is the whole house. Nothing of the program is used, and nothing but Python itself.
"""

import json
import sys
from collections import defaultdict
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

OPEN = ("new", "open", "pending", "on_hold")
LASTS = 14 * 24 * 60 * 60
MISTAKE = 30 * 60
DOCUMENTED = 20


def instant(words):
    """RFC 3339 to whole milliseconds, which is what history keeps."""
    if words is None:
        return None
    body = words.rstrip("Z")
    whole, _, part = body.partition(".")
    at = datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)
    return int(at.timestamp()) * 1000 + int((part + "000")[:3])


def seconds(later, earlier):
    """Whole seconds between, cut towards zero."""
    between = later - earlier
    return abs(between) // 1000 * (1 if between >= 0 else -1)


def minutes(secs):
    return max(0, secs) // 60


def whole(secs):
    """Times are kept to the second: nothing is rounded before it is held against a plan (DOMAIN 3.3)."""
    return max(0, secs)


def bounds(name, zone):
    def midnight(year, month):
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        return int(datetime(year, month, 1, tzinfo=zone).timestamp()) * 1000

    year, _, part = name.partition("-")
    year = int(year)
    if not part:
        return midnight(year, 1), midnight(year + 1, 1)
    if part.startswith("q"):
        first = int(part[1:]) * 3 - 2
        return midnight(year, first), midnight(year, first + 3)
    return midnight(year, int(part)), midnight(year, int(part) + 1)


class Ticket:
    """One ticket, as its lines tell it. Everything that is asked later is asked of this."""

    def __init__(self):
        self.state = "new"
        self.queue = None
        self.agent = None
        self.excluded = self.merged = None
        self.kind = {"class": "standard", "category": None, "category_initial": None}
        self.repeat = None  # None, "proposed", "confirmed"
        self.way = []  # (at, how, queue, agent, is open)
        self.answers = []  # dicts
        self.solves = []  # dicts
        self.asked_others = []  # dicts
        self.verdicts = {}  # (clock, started_at) -> last that counts
        self.solved_in = []  # (instant, business seconds), as verdicts of solutions say
        self.promises = []  # promises of a solution that are not dropped, by their starts
        self.in_force = []  # (from, start of the promise in force or None)
        self.late = []  # dicts
        self.reopened = []
        self.moves = []
        self.closings = []
        self.asked = []  # (solutions by then, at, queue, agent)
        self.rated = None
        self.opinions = []
        self.solver = None
        self.wrote_back = 0
        self.changed_class = []
        self.worked_on = self.by_asker = self.asked_by_others = False
        self.included_at = None
        self.corrections = []  # (what, value, queues or None for all, when, how many solutions there were), as heads have said

    def is_open(self):
        return self.state in OPEN and not self.excluded and self.merged is None

    # -- reading ------------------------------------------------------------------------------------------------------

    def read(self, line):
        kind, data, at = line["kind"], line["data"], instant(line["at"])
        self.decision, self.undoes = line["decision"], line["undoes"]
        if kind == "ticket_opened":
            self.queue, self.born, self.opened = data["queue"], data["queue"], at
            self.requester, self.first = data["requester"], data["message"]
            self.way.append((at, "opened", self.queue, None, True))
            return
        handler = getattr(self, "on_" + kind, None)
        self.worked_on |= kind not in ("withdrawn", "figures_corrected") and line["role"] in ("agent", "head")
        if kind in ("answered", "resolved") and line["actor"] == "person:%d" % self.requester:
            self.by_asker = True
        verdict = line.get("verdict")
        if kind == "verdict_corrected" and verdict is None:
            raise SystemExit("a correction without its verdict: %s" % line["seq"])
        if verdict and verdict["undone_by"] is None:
            key = (verdict["clock"], verdict["started_at"])
            self.verdicts[key] = verdict
            if verdict["clock"] == "resolution" and verdict["outcome"] != "taken_back" and verdict["satisfied_at"]:
                self.solved_in.append((instant(verdict["satisfied_at"]), verdict["worked_secs"]))
        if handler:
            handler(data, at, line)
        start = self.promises[-1] if self.promises else None
        if (self.in_force[-1][1] if self.in_force else None) != start:
            self.in_force.append((max([at] + [one[0] for one in self.in_force[-1:]]), start))
        self.step(kind, data, at)
        # A closing is whose the solution is, which it may be itself.
        if self.closings and self.closings[-1][1] is None:
            self.closings[-1][1:3] = self.whose()
            self.closings[-1][4] = len(self.solves) - 1

    def step(self, kind, data, at):
        last_at, _, queue, agent, was_open = self.way[-1]
        is_open = self.is_open()
        if (queue, agent, was_open) == (self.queue, self.agent, is_open):
            return
        at_least = max(at, last_at)
        moved = was_open and self.is_open() and queue != self.queue and kind != "undone"
        how = "passed"
        if was_open and not is_open:
            how = {"excluded": "excluded", "withdrawn": "withdrawn", "merged": "merged"}.get(kind, "restored")
            if kind in ("resolved", "resolved_outside"):
                how = "solved"
            if kind == "closed":
                how = "left_behind" if data["by"] == "switch" else "solved"
        elif is_open and not was_open:
            how = {"reopened": "reopened", "included": "included"}.get(kind, "restored")
        self.way.append((at_least, how, self.queue, self.agent, is_open))
        # "A transfer to the right queue before any work = misroute, not escalation" (DOMAIN 3.2): work of the queue that it leaves.
        workers = [one["agent"] for one in self.answers if one["queue"] == queue and one["agent"]]
        if moved and workers:
            # "Before any answer: as if never held" (DOMAIN 3.4): the holder's if they have answered.
            self.asked_others.append({
                "at": at_least, "ticket": None, "queue": queue, "agent": agent if agent in workers else workers[-1],
                "withdrawn": False, "decision": self.decision})
        if how == "included":
            self.included_at = at_least
        if how == "solved":
            self.solves.append({
                "at": at_least, "said": at, "queue": self.queue, "agent": self.solver, "class": self.kind["class"],
                "answers": len(self.answers), "back": self.wrote_back, "others": len(self.asked_others),
                "moves": len(self.moves), "changed": len(self.changed_class), "until": None, "until_how": None, "undone": False,
                "decision": self.decision, "chars": self.chars(kind, data),
            })
        elif is_open and self.solves and self.solves[-1]["until"] is None:
            self.solves[-1]["until"], self.solves[-1]["until_how"] = at_least, how
            self.solves[-1]["undone"] = self.undoes is not None and self.undoes == self.solves[-1]["decision"]
            self.solver = None  # whoever solves it next
            if how == "reopened":
                self.reopened.append((at_least, self.solves[-1]))

    @staticmethod
    def chars(kind, data):
        """How long the words of a solution are; an article is written."""
        if kind == "closed" and data["by"] == "kb_hit":
            return DOCUMENTED
        return data.get("chars") if kind == "resolved" else None

    def answer(self, message, agent, at, line):
        if all(one["message"] != message for one in self.answers):
            self.answers.append({
                "at": at, "message": message, "agent": agent, "queue": self.queue, "decision": line["decision"]})

    def on_answered(self, data, at, line):
        self.answer(data["message"], data["agent"], at, line)

    def on_answered_outside(self, data, at, line):
        self.answer(data["message"], data["agent"], at, line)

    def on_resolved(self, data, at, line):
        self.on_answered(data, at, line)
        self.solver, self.state = data["agent"], "resolved"

    def on_resolved_outside(self, data, at, line):
        self.answer(data["message"], data["agent"], at, line)
        self.solver, self.state = data["agent"], "resolved"

    def on_answer_undone(self, data, at, line):
        for place in range(len(self.answers) - 1, -1, -1):
            if self.answers[place]["agent"] == data["agent"]:
                del self.answers[place]
                return

    def on_state_changed(self, data, at, line):
        self.state = data["state"]

    def on_closed(self, data, at, line):
        if data["by"] == "agent":
            # Nobody was written to: what the same decision calls an answer is none.
            self.answers = [one for one in self.answers if one["decision"] != line["decision"]]
            for solve in self.solves:
                if solve["decision"] == line["decision"]:
                    solve["answers"] = len(self.answers)
        if data["by"] == "kb_hit":
            self.solver = None
        if data["by"] in ("requester", "agent", "silence"):
            self.closings.append([at, None, None, data["by"] == "requester", None, line["decision"]])
        self.state = "closed"

    def on_withdrawn(self, data, at, line):
        self.state = "closed"

    def on_reopened(self, data, at, line):
        self.state = "open"

    def on_merged(self, data, at, line):
        self.merged, self.state = data["into"], "closed"

    def on_excluded(self, data, at, line):
        self.excluded, self.state = data["why"], "closed"

    def on_included(self, data, at, line):
        self.excluded = None
        self.state = "open" if self.agent else "new"

    def on_assigned(self, data, at, line):
        self.agent = data["agent"]

    def on_unassigned(self, data, at, line):
        self.agent = None

    def on_transferred(self, data, at, line):
        self.queue, self.agent = data["queue"], None
        if self.repeat == "proposed":
            self.repeat = None

    def on_classified(self, data, at, line):
        value = data["value"]
        if data["property"] == "class":
            self.kind["class"] = value
            if line["role"] in ("agent", "head"):
                self.changed_class.append(line["decision"])
        if data["property"] == "category":
            self.kind["category"] = value
            self.kind["category_initial"] = self.kind["category_initial"] or value

    def on_repeat_proposed(self, data, at, line):
        self.repeat = "proposed"

    def on_repeat_confirmed(self, data, at, line):
        self.repeat = "confirmed"

    def on_repeat_denied(self, data, at, line):
        self.repeat = None

    def on_asked_for(self, data, at, line):
        self.asked_by_others = True

    def on_message_joined(self, data, at, line):
        if data["side"] == "requester" and line["role"] in ("requester", "collaborator"):
            # "Thanks excluded" (DOMAIN 3.2).
            self.wrote_back += data["message"] != self.first and not data.get("is_thanks")

    def whose(self):
        """Whose the last solution is; before there is one, whose it would be."""
        if self.solves:
            return self.solves[-1]["queue"], self.solves[-1]["agent"]
        return self.queue, self.solver

    def on_clock_started(self, data, at, line):
        if data["clock"] == "resolution":
            self.promises.append(at)

    def on_clock_reopened(self, data, at, line):
        if data["clock"] == "resolution":
            self.promises += self.promises[-1:]

    def on_clock_dropped(self, data, at, line):
        if data["clock"] == "resolution":
            self.promises = self.promises[:-1]

    def on_message_sent(self, data, at, line):
        # Each solution is asked about once, whatever is sent of it again.
        if data.get("offers") == "confirmation" and not data.get("is_copy"):
            if all(one[0] != len(self.solves) for one in self.asked):
                self.asked.append((len(self.solves), at) + self.whose() + (line["decision"],))

    def on_rated(self, data, at, line):
        queue, agent = self.asked[-1][2:4] if self.asked else self.whose()
        self.rated = (at, queue, agent, data["score"], (self.asked[-1][0] if self.asked else len(self.solves)) - 1)

    def on_deadline_moved(self, data, at, line):
        self.moves.append((at, self.queue, self.agent, line["decision"]))

    def on_escalated_to(self, data, at, line):
        self.asked_others.append({
            "at": at, "ticket": data["ticket"], "queue": self.queue, "agent": data["agent"], "withdrawn": False})

    def on_escalation_ended(self, data, at, line):
        for one in self.asked_others:
            if data["ticket"] is not None and one["ticket"] == data["ticket"]:
                # What is withdrawn at once was a mistake; later it was a question all the same.
                one["withdrawn"] = data["end"] == "withdrawn" and seconds(at, one["at"]) <= MISTAKE

    def on_escalation_resumed(self, data, at, line):
        for one in self.asked_others:
            if one["ticket"] == data["ticket"]:
                one["withdrawn"] = False

    def on_nps_answered(self, data, at, line):
        self.opinions.append((at, data["person"], data["score"], self.queue))

    def on_kept_late(self, data, at, line):
        self.late.append(dict(data, at=at, started=instant(data["started_at"]), decision=line["decision"]))

    def on_figures_corrected(self, data, at, line):
        how, value = data["how"], data["how"].get("agent") or data["how"].get("class")
        self.corrections.append((how["correction"], value, data.get("queues") or None, at, len(self.solves)))

    def says(self, what, queue, known=None, solution=None):
        """What stands of the corrections of one sort in one queue: the last one that is about it, and was said when it was known."""
        for sort, value, queues, at, solves in reversed(self.corrections):
            if queues is not None and queue not in queues:
                continue
            if sort == "restore":
                return None
            if sort == what and (known is None or known <= at) and (solution is None or max(solution, 0) < solves):
                return value or True
        return None

    def places(self):
        judged = [one["queue"] for one in self.verdicts.values() if one["outcome"] != "taken_back"]
        return {step[2] for step in self.way} | set(judged)

    def on_undone(self, data, at, line):
        back = line["undoes"]
        for part, own in (("queue", "queue"), ("state", "state"), ("assignee", "agent"),
                          ("excluded", "excluded"), ("merged_into", "merged")):
            if part in data:
                setattr(self, own, data[part][0])
        if "classification" in data:
            said = data["classification"][0]
            self.kind = {key: said.get(key) for key in self.kind}
        if "repeats" in data:
            said = data["repeats"][0]
            self.repeat = said and ("confirmed" if said["is_confirmed"] else "proposed")
        self.moves = [one for one in self.moves if one[3] != back]
        self.closings = [one for one in self.closings if one[5] != back]
        self.changed_class = [one for one in self.changed_class if one != back]
        for one in self.asked_others:
            # "An escalation undone within N minutes (mistake) does not count" (DOMAIN 3.2): the one that is undone.
            if one["ticket"] is None and one["decision"] == back:
                one["withdrawn"] = seconds(at, one["at"]) <= MISTAKE
        if "last_answer" in data:
            self.asked = [one for one in self.asked if one[4] != back]
            self.answers = [one for one in self.answers if one["decision"] != back]
        if "clocks" in data:
            self.promises = [instant(clock["started_at"]) for clock in data["clocks"][0] if clock["kind"] == "resolution"]
        self.late = [one for one in self.late
                     if one["decision"] != back or not ("last_answer" in data or one["clock"] == "resolution")]

    def corrected(self):
        """Everything is read: whose it is, and of which class, as heads have corrected what there was when they said so."""
        # Whoever answered or moved a day has done so all the same.
        for place, solve in enumerate(self.solves):
            solve["agent"] = self.says("attribute", solve["queue"], solution=place) or solve["agent"]
            solve["class"] = self.says("class", solve["queue"], solution=place) or solve["class"]
        for closing in self.closings:
            closing[2] = self.says("attribute", closing[1], solution=closing[4]) or closing[2]
        self.asked = [one[:3] + (self.says("attribute", one[2], solution=one[0] - 1) or one[3],) + one[4:] for one in self.asked]
        if self.rated:
            queue, agent = self.rated[1:3]
            agent = self.says("attribute", queue, solution=self.rated[4]) or agent
            self.rated = (self.rated[0], queue, agent) + self.rated[3:]

    # -- asking -------------------------------------------------------------------------------------------------------

    def before(self, at):
        found = None
        for step in self.way:
            if step[0] >= at:
                break
            found = step
        return found

    def out(self):
        if all(self.says("exclude", queue) for queue in self.places()):
            return "by_head"
        if self.excluded:
            return "spam"
        if self.merged is not None:
            return "merged"
        if self.by_asker:
            return "self_made"
        if not self.way[-1][4]:
            ended = [step[1] for step in self.way if step[1] != "passed"][-1]
            if ended == "withdrawn" and not self.worked_on:
                return "withdrawn"
            if ended == "left_behind":
                return "left_behind"
        return None

    def receiver(self):
        """Who had it when it was first answered, or has it while nobody has; of what went elsewhere unread, nobody."""
        first = min(self.answers, key=lambda one: one["at"], default=None)
        holder = None
        for at, _, queue, agent, _ in self.way:
            if first is None or at < first["at"] or (at == first["at"] and queue == first["queue"]):
                holder = agent if queue == self.born else None
        return holder

    def escalator(self, solve):
        for one in self.asked_others[: solve["others"]]:
            if not one["withdrawn"]:
                return one
        return None

    def judged(self):
        """The verdicts that count, with their instants."""
        for (clock, _), verdict in self.verdicts.items():
            if verdict["outcome"] == "taken_back":
                continue
            queue, due, done = verdict["queue"], instant(verdict["due_at"]), instant(verdict["satisfied_at"])
            known = due if done is None else min(due, done)
            if verdict["outcome"] == "breached" and self.says("excuse", queue, known):
                continue
            yield {
                "clock": clock, "met": verdict["outcome"] == "met", "queue": queue,
                "agent": self.says("attribute", queue, known) or verdict["agent"],
                "class": self.says("class", queue, known) or verdict["class"],
                "worked": verdict["worked_secs"], "started": instant(verdict["started_at"]),
                "due": due, "done": done, "known": known,
            }


class Sums:
    """What is counted of one agent in one queue."""

    def __init__(self):
        self.n = defaultdict(int)
        self.times = defaultdict(list)
        self.ages = defaultdict(list)

    def add(self, other):
        for key, many in other.n.items():
            self.n[key] += many
        for key, times in other.times.items():
            self.times[key] += times
        for key, ages in other.ages.items():
            self.ages[key] += ages


def count(ticket, start, end, sums):
    """Puts one ticket into one period. `sums` gives the sums of a queue and an agent."""

    def within(at):
        return at is not None and start <= at < end

    out = ticket.out()
    if within(ticket.opened):
        own = sums(ticket.born, ticket.receiver()).n
        own["received"] += 1
        if out is None and ticket.says("exclude", ticket.born):
            own["excluded_by_head"] += 1
        else:
            own["in_scope" if out is None else "excluded_" + out] += 1
            own["asked_received"] += out is None and ticket.asked_by_others
    balance(ticket, start, end, sums)
    if out is not None:
        return
    every, nowhere = sums, defaultdict(Sums)

    def sums(queue, agent):
        # What a head has excluded in their own queue counts elsewhere as it did.
        return nowhere[queue, agent] if ticket.says("exclude", queue) else every(queue, agent)

    if within(ticket.opened) and ticket.repeat == "confirmed":
        sums(ticket.born, ticket.receiver()).n["repeats"] += 1
    answered_once = set()
    for one in ticket.answers:
        is_first = one["agent"] not in answered_once
        answered_once.add(one["agent"])
        if within(one["at"]):
            own = sums(one["queue"], one["agent"]).n
            own["answers"] += 1
            own["handled"] += is_first
    for one in ticket.asked_others:
        if within(one["at"]) and not one["withdrawn"]:
            sums(one["queue"], one["agent"]).n["escalated_out"] += 1
    for at, solve in ticket.reopened:
        if within(at):
            sums(solve["queue"], solve["agent"]).n["reopened"] += 1
    for at, queue, agent, _ in ticket.moves:
        if within(at):
            sums(queue, agent).n["deadline_moves"] += 1
    for at, queue, agent, by_requester, _, _ in ticket.closings:
        if within(at):
            sums(queue, agent).n["closed"] += 1
            sums(queue, agent).n["confirmed"] += by_requester
    for _, at, queue, agent, _ in ticket.asked:
        if within(at):
            sums(queue, agent).n["asked"] += 1
    if ticket.rated and within(ticket.rated[0]):
        own = sums(*ticket.rated[1:3]).n
        own["rated"] += 1
        own["rating_sum"] += ticket.rated[3]
        own["rated_well"] += ticket.rated[3] >= 4
    promises(ticket, within, sums)
    for solve in ticket.solves:
        solution(ticket, solve, (start, end), within, sums)
    still = ticket.before(end)
    if still and still[4]:
        own = sums(still[2], still[3])
        own.n["open_at_end"] += 1
        age = seconds(end, ticket.opened)
        own.ages["open"].append(age)
        # Late is what is promised now, not what was promised once.
        promised = [start for at, start in ticket.in_force if at < end][-1:]
        own.n["overdue_at_end"] += any(
            one["clock"] == "resolution" and [one["started"]] == promised and not one["met"] and one["due"] < end
            for one in ticket.judged())
        if not any(one["at"] < end for one in ticket.answers):
            own.n["unanswered_n"] += 1
            own.ages["unanswered"].append(age)


def promises(ticket, within, sums):
    for one in ticket.judged():
        whose = (one["queue"], one["agent"])
        if within(one["known"]):
            own = sums(*whose).n
            own["judged", one["clock"], one["class"]] += 1
            own["met", one["clock"], one["class"]] += one["met"]
            if ticket.asked_by_others and one["clock"] == "resolution":
                own["asked_judged"] += 1
                own["asked_met"] += one["met"]
            if not one["met"] and ticket.included_at is not None and one["due"] < ticket.included_at:
                own["from_spam"] += 1
        lates = [late for late in ticket.late if (late["clock"], late["started"]) == (one["clock"], one["started"])]
        late = lates[0] if lates and not one["met"] else None
        if late and within(late["at"]):
            sums(*whose).n["late_minutes_sum"] += minutes(late["late_secs"])
        if one["clock"] == "first_response":
            at, worked = (late["at"], late["worked_secs"]) if late else (one["done"] if one["met"] else None, one["worked"])
            if within(at):
                answers = [(answer["queue"], answer["agent"]) for answer in ticket.answers if answer["at"] == at]
                own = sums(*(answers[0] if answers and answers[0][1] else whose)).times
                if worked is not None:
                    own["frt"].append(whole(worked))
                    own["frt", one["class"]].append(whole(worked))
                own["frt_calendar"].append(whole(seconds(at, one["started"])))


def solution(ticket, solve, period, within, sums):
    start, end = period
    until, how = solve["until"], solve["until_how"]
    came_back = how == "reopened" and seconds(until, solve["at"]) <= LASTS
    if within(solve["at"]):
        own = sums(solve["queue"], solve["agent"])
        own.n["solve_events"] += not solve["undone"]
        own.n["came_back"] += came_back
    if within(until) and solve["at"] < start:
        sums(solve["queue"], solve["agent"]).n["solved_kept" if how == "reopened" and not came_back else "solved_withdrawn"] += 1
    if not within(solve["at"]) or (until is not None and (until < end or how != "reopened" or came_back)):
        return
    own = sums(solve["queue"], solve["agent"])
    own.n["solved"] += 1
    own.n["solved_" + solve["class"]] += 1
    own.n["first_contact"] += solve["answers"] == 1 and solve["back"] == 0 and not came_back
    own.n["touches"] += solve["answers"]
    own.n["moved"] += solve["moves"] > 0
    own.n["class_changed"] += solve["changed"] > 0
    if solve["chars"] is not None:
        own.n["documented_known"] += 1
        own.n["documented"] += solve["chars"] >= DOCUMENTED
    if ticket.kind["category_initial"] is not None:
        own.n["diagnosed_known"] += 1
        own.n["diagnosed"] += ticket.kind["category_initial"] == ticket.kind["category"]
    asked = ticket.escalator(solve)
    if asked is None:
        own.n["unescalated"] += 1
    else:
        sums(asked["queue"], asked["agent"]).n["escalated"] += 1
    own.times["ttr_calendar"].append(whole(seconds(solve["at"], ticket.opened)))
    worked = [secs for at, secs in reversed(ticket.solved_in) if at == solve["said"] and secs is not None]
    worked += [late["worked_secs"] for late in ticket.late
               if late["clock"] == "resolution" and late["at"] == solve["said"]]
    if worked:
        own.times["ttr"].append(whole(worked[0]))
        own.times["ttr", solve["class"]].append(whole(worked[0]))


def balance(ticket, start, end, sums):
    """How many were open at both ends, and every step between them. What is left over must be nothing."""
    for at, name in ((start, "start"), (end, "end")):
        step = ticket.before(at)
        if step and step[4]:
            sums(step[2], None).n["backlog_" + name] += 1
    for before, step in zip([None] + ticket.way, ticket.way):
        at, how, queue, _, is_open = step
        if not start <= at < end:
            continue
        was_open = before is not None and before[4]
        if was_open and before[2] != queue:
            sums(before[2], None).n["backlog_out"] += 1
            sums(queue, None).n["backlog_in"] += 1
        if is_open and not was_open:
            name = {"opened": "received", "reopened": "reopened"}.get(how, "restored")
            sums(queue, None).n["backlog_" + name] += 1
        if was_open and not is_open:
            name = how if how in ("solved", "excluded") else "ended"
            sums(queue, None).n["backlog_" + name] += 1


CLASSES = ("emergency", "urgent", "standard", "consultation", "wish")
FLOWS = ("start", "received", "reopened", "restored", "in", "out", "solved", "excluded", "ended", "end")


def figures(sums):
    """Name, numerator and denominator of every figure."""
    n = sums.n

    def kept(clock, of=None):
        def all_of(what):
            return sum(many for key, many in n.items()
                       if isinstance(key, tuple) and key[:2] == (what, clock) and of in (None, key[2]))
        return all_of("met"), all_of("judged")

    for code in ("received", "in_scope", "solved", "solve_events", "solved_withdrawn", "solved_kept"):
        yield code, n[code], None
    for name in CLASSES:
        yield "solved_" + name, n["solved_" + name], None
    yield ("sla_first_response_pct",) + kept("first_response")
    yield ("sla_resolution_pct",) + kept("resolution")
    for name in CLASSES[:4]:
        yield ("sla_resolution_%s_pct" % name,) + kept("resolution", name)
    yield ("response_run_sla",) + kept("next_response")
    yield ("update_sla",) + kept("update")
    for name in ("frt", "ttr"):
        times = sorted(sums.times[name])
        yield name + "_mean", sum(times), 60 * len(times)
        yield (name + "_median",) + median(times)
        yield (name + "_p90",) + ninetieth(times)
        times = sorted(sums.times[name + "_calendar"])
        yield name + "_calendar_mean", sum(times), 60 * len(times)
        yield (name + "_calendar_median",) + median(times)
        yield (name + "_calendar_p90",) + ninetieth(times)
    yield "no_escalation_pct", n["unescalated"], n["unescalated"] + n["escalated"]
    yield "fcr_pct", n["first_contact"], n["solved"]
    yield "reopen_pct", n["came_back"], n["solve_events"]
    yield "repeat_pct", n["repeats"], n["in_scope"]
    yield "csat_mean", n["rating_sum"], n["rated"]
    yield "csat_top2_pct", n["rated_well"], n["rated"]
    yield "csat_response_pct", n["rated"], n["asked"]
    yield "nps", n["promoters"] - n["detractors"], n["opinions"]
    for code, known in (("documented", "documented"), ("diagnosis", "diagnosed")):
        yield code + "_pct", n[known], n["solved"]
        yield code + "_unknown_pct", n["solved"] - n[known + "_known"], n["solved"]
    for code in ("frt", "ttr"):
        for name in CLASSES:
            times = sums.times[code, name]
            yield "%s_%s_mean" % (code, name), sum(times), 60 * len(times)
    yield "moved_pct", n["moved"], n["solved"]
    yield "touches", n["touches"], n["solved"]
    yield "confirmed_pct", n["confirmed"], n["closed"]
    for code in ("reopened", "deadline_moves", "class_changed", "late_minutes_sum", "handled", "answers",
                 "escalated_out", "from_spam", "open_at_end", "overdue_at_end", "unanswered_n", "asked_received"):
        yield code, n[code], None
    yield "asked_in_time_pct", n["asked_met"], n["asked_judged"]
    for code, ages in (("oldest_open_days", sums.ages["open"]), ("oldest_unanswered_days", sums.ages["unanswered"])):
        yield (code,) + ((max(ages) // 86400, 1) if ages else (0, 0))


def median(times):
    """As all times: seconds above, sixtieths below."""
    half, odd = divmod(len(times), 2)
    if not times:
        return 0, 0
    return (times[half], 60) if odd else (times[half - 1] + times[half], 120)


def ninetieth(times):
    """The smallest that nine of ten do not exceed."""
    return (times[-(-len(times) * 9 // 10) - 1], 60) if times else (0, 0)


def read_tickets(path, upto=None):
    """The tickets of an export, as they were after the event `upto`: what was taken back only later stands there still."""
    tickets = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if event["stream"] != "ticket" or (upto is not None and event["seq"] > upto):
                continue
            verdict = event.get("verdict")
            if verdict and upto is not None and (verdict["undone_by"] or 0) > upto:
                verdict["undone_by"] = None
            tickets.setdefault(int(event["id"]), Ticket()).read(event)
    for ticket in tickets.values():
        ticket.corrected()
    return tickets


def count_period(tickets, zone, name):
    """Every figure of a period, by queue and agent."""
    # Of one person and quarter the first answer counts, whichever ticket it is in; while its month lasts it may be mended there.
    opinions = {}
    for number in sorted(tickets):
        own = {}
        for at, person, score, queue in tickets[number].opinions:
            local = datetime.fromtimestamp(at // 1000, zone)
            key = (local.year, (local.month + 2) // 3, person)
            first = own.setdefault(key, [at, score, queue, local.month])
            if first[3] == local.month:
                first[1] = score
        for key, (at, score, queue, _) in own.items():
            if key not in opinions or at < opinions[key][0]:
                opinions[key] = (at, score, queue)
    start, end = bounds(name, zone)
    all_sums = defaultdict(Sums)
    for ticket in tickets.values():
        count(ticket, start, end, lambda queue, agent: all_sums[queue, agent])
    for at, score, queue in opinions.values():
        if start <= at < end:
            own = all_sums[queue, None].n
            own["opinions"] += 1
            own["promoters"] += score >= 9
            own["detractors"] += score <= 6
    whole = defaultdict(Sums)
    for (queue, agent), sums in all_sums.items():
        whole[queue, agent].add(sums)
        whole[queue, "*"].add(sums)
        whole["", "*"].add(sums)
    return whole


def main(path, zone, words):
    zone = ZoneInfo(zone)
    tickets = read_tickets(path)
    names = [word for word in words if "=" not in word]
    limits = {queue: int(limit) for queue, _, limit in (word.partition("=") for word in words) if limit}
    for name in names:
        whole = count_period(tickets, zone, name)
        before = count_period(tickets, zone, quarter_before(name)) if "-q" in name else None
        report(name, whole, before, limits)


def quarter_before(name):
    year, quarter = int(name[:4]), int(name[-1])
    return "%d-q%d" % ((year, quarter - 1) if quarter > 1 else (year - 1, 4))


def beside(name, queue, own, before, limits):
    """What a queue and the house have that takes more than one period: changes of repeats and requests, and how much of the capacity came."""
    if before is not None:
        was, now = before[queue, "*"].n, own.n
        if was["repeats"] and was["in_scope"] >= 30 and now["in_scope"] >= 30:
            # (now - was) / was of the shares, as one fraction.
            below = was["repeats"] * now["in_scope"]
            yield "repeat_qoq", now["repeats"] * was["in_scope"] - below, below
        # "Requests from clients" (DOMAIN 1.7, 70): what another department asks for is none of theirs.
        was, now = (of["in_scope"] - of["asked_received"] for of in (was, now))
        if was >= 30:
            yield "received_qoq", now - was, was
    limit = limits.get(queue, 0)
    if queue == "":
        limit = sum(limits.values()) if all(limits.values()) else 0
    if limit:
        months = 12 if "-" not in name else 3 if "-q" in name else 1
        yield "capacity_use", own.n["received"], limit * months


def report(name, whole, before, limits):
    for (queue, agent), sums in whole.items():
        rows = list(figures(sums))
        if agent == "*":
            rows += [("excluded_" + why, sums.n["excluded_" + why], None)
                     for why in ("spam", "merged", "self_made", "withdrawn", "left_behind", "by_head")]
            rows += [("backlog_" + flow, sums.n["backlog_" + flow], None) for flow in FLOWS]
            rows += beside(name, queue, sums, before, limits)
            left = sum(sums.n["backlog_" + flow] * (1 if place < 5 else -1) for place, flow in enumerate(FLOWS))
            if left:
                raise SystemExit("%s %s does not balance: %d" % (name, queue, left))
        for code, above, below in rows:
            print(";".join((name, queue, agent or "", code, str(above), "" if below is None else str(below))))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
