#!/usr/bin/env python3
"""What the rows of people say, computed a second time: every figure of each employee in each department, from the export alone.

    rows.py EXPORT ZONE STAFF PERIOD...

STAFF: see pay.py. Prints a line a figure: period;number;department;figure;numerator;denominator.
"""

import sys
from zoneinfo import ZoneInfo

import kpi
import pay


def main(path, zone, people, names):
    zone, staff, tickets = ZoneInfo(zone), pay.Staff(people), kpi.read_tickets(path)
    for name in names:
        whole = kpi.count_period(tickets, zone, name)
        for (number, department), parts in staff.rows.items():
            sums = kpi.Sums()
            for part in parts:
                sums.add(whole[part])
            for code, above, below in kpi.figures(sums):
                print(";".join((name, number, department, code, str(above), "" if below is None else str(below))))


if __name__ == "__main__":
    main(*sys.argv[1:4], sys.argv[4:])
