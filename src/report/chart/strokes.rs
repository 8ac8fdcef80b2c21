//! Lines in pieces: dashes, and what fills a bar.

/// A place, from the upper left.
pub(super) type Point = (f64, f64);

/// What a bar is filled with.
#[derive(Debug, Clone, Copy)]
pub(super) enum Filling {
    Full,
    Slanted,
    Empty,
    Level,
}

/// The pieces of a line that are drawn.
pub(super) fn dashed(points: &[Point], dash: &[f64]) -> Vec<Vec<Point>> {
    if dash.is_empty() {
        return vec![points.to_vec()];
    }
    let mut pieces = Vec::new();
    let mut lengths = dash.iter().copied().cycle();
    let (mut left, mut is_drawn) = (lengths.next().unwrap_or(1.0), true);
    let mut piece: Vec<Point> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let &[from, to] = pair else { continue };
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let mut gone = 0.0;
        while length - gone > left {
            gone += left;
            let share = gone / length;
            let here = (
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share,
            );
            if is_drawn {
                piece.push(here);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![here];
            }
            is_drawn = !is_drawn;
            left = lengths.next().unwrap_or(1.0).max(1.0);
        }
        left -= length - gone;
        if is_drawn {
            piece.push(to);
        }
    }
    if is_drawn && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

/// The lines that fill a box.
pub(super) fn hatches(
    filling: Filling,
    (left, top): Point,
    (right, bottom): Point,
) -> Vec<(Point, Point)> {
    const GAP: f64 = 6.0;
    let mut lines = Vec::new();
    match filling {
        Filling::Full | Filling::Empty => {}
        Filling::Level => {
            let mut y = top + GAP;
            while y < bottom {
                lines.push(((left, y), (right, y)));
                y += GAP;
            }
        }
        Filling::Slanted => {
            // Lines x + y = sum, cut where the box ends.
            let mut sum = left + top + GAP;
            while sum < right + bottom {
                let from_x = left.max(sum - bottom);
                let to_x = right.min(sum - top);
                lines.push(((from_x, sum - from_x), (to_x, sum - to_x)));
                sum += GAP;
            }
        }
    }
    lines
}
