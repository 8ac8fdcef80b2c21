//! Exact decimal numbers: what a file says and what a chart shows are the same digits.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::language::Language;

/// A number as it is written: `1250` with two places is 12.50. Stored as it is written, so that no digit is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal {
    digits: i64,
    places: u8,
}

/// So many places and no more: what 10 to that power is fits.
const PLACES_MAX: u8 = 9;

impl Decimal {
    /// A whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self {
            digits: number,
            places: 0,
        }
    }

    /// `digits` / 10^`places`; more than nine places are nine.
    #[must_use]
    pub fn new(digits: i64, places: u8) -> Self {
        Self {
            digits,
            places: places.min(PLACES_MAX),
        }
    }

    /// The quotient, rounded once, half away from zero. `None` where nothing can be divided: no data is no number.
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64, places: u8) -> Option<Self> {
        let places = places.min(PLACES_MAX);
        let scaled = i128::from(numerator).checked_mul(power(places))?;
        let digits = rounded(scaled, i128::from(denominator))?;
        Some(Self { digits, places })
    }

    /// The quotient of whole numbers, rounded down: it shows nothing as reached that is not.
    #[must_use]
    pub fn floor(above: i128, below: i128, places: u8) -> Option<Self> {
        let places = places.min(PLACES_MAX);
        let scaled = above.checked_mul(power(places))?;
        let whole = scaled.checked_div_euclid(below).filter(|_| below > 0)?;
        Some(Self {
            digits: i64::try_from(whole).ok()?,
            places,
        })
    }

    /// As a fraction of whole numbers.
    #[must_use]
    pub const fn fraction(self) -> (i128, i128) {
        (self.digits as i128, power(self.places))
    }

    /// How many per hundred, rounded once.
    #[must_use]
    pub fn percent(part: i64, whole: i64, places: u8) -> Option<Self> {
        Self::ratio(part.checked_mul(100)?, whole, places)
    }

    /// The same number with so many places, rounded half away from zero.
    #[must_use]
    pub fn to_places(self, places: u8) -> Option<Self> {
        let places = places.min(PLACES_MAX);
        let scaled = i128::from(self.digits).checked_mul(power(places))?;
        let digits = rounded(scaled, power(self.places))?;
        Some(Self { digits, places })
    }

    /// The product, exact.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            digits: self.digits.checked_mul(other.digits)?,
            places: (self.places.checked_add(other.places)?).min(PLACES_MAX),
        })
        .filter(|product| product.places == self.places.saturating_add(other.places))
    }

    /// The quotient with so many places, rounded once, half away from zero. `None`: by nought.
    #[must_use]
    pub fn divided(self, by: Self, places: u8) -> Option<Self> {
        let places = places.min(PLACES_MAX);
        let (above, below) = (self.cross(by), by.cross(self));
        let digits = rounded(above.checked_mul(power(places))?, below)?;
        Some(Self { digits, places })
    }

    /// The sum, exact, with the places of the finer of both.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        let (one, two) = (self.to_places(places)?, other.to_places(places)?);
        Some(Self {
            digits: one.digits.checked_add(two.digits)?,
            places,
        })
    }

    /// How many places it is written with.
    #[must_use]
    pub const fn places(self) -> u8 {
        self.places
    }

    /// Whether both are the same number, however many places they are written with.
    #[must_use]
    pub fn is_equal(self, other: Self) -> bool {
        self.cross(other) == other.cross(self)
    }

    /// Its digits beside those of another, once both have the same places. Nine places and 64 bits: it fits.
    const fn cross(self, other: Self) -> i128 {
        (self.digits as i128).saturating_mul(power(other.places))
    }

    /// Reads what [`fmt::Display`] writes: digits, at most one point, a minus.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let (whole, part) = written.split_once('.').unwrap_or((written, ""));
        let is_number = |digits: &str| digits.chars().all(|c| c.is_ascii_digit());
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        if unsigned.is_empty() || !is_number(unsigned) || !is_number(part) {
            return None;
        }
        let places = u8::try_from(part.len()).ok()?;
        if places > PLACES_MAX || (part.is_empty() && written.contains('.')) {
            return None;
        }
        let digits = format!("{whole}{part}").parse().ok()?;
        Some(Self { digits, places })
    }

    /// How it is written, with the decimal mark of a language: a comma in Russian, a point in English.
    #[must_use]
    pub fn in_words_of(self, language: Language) -> String {
        match language {
            Language::Ru => self.to_string().replace('.', ","),
            Language::En => self.to_string(),
        }
    }

    /// Near enough for drawing and for spreadsheets.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a pixel, or the 15 digits of a spreadsheet"
    )]
    pub fn to_f64(self) -> f64 {
        // The shortest decimal of the quotient is the number itself: both are exact below 2^53.
        self.digits as f64 / power(self.places) as f64
    }
}

const fn power(places: u8) -> i128 {
    10_i128.pow(places as u32)
}

/// The quotient as a whole number, half away from zero.
fn rounded(numerator: i128, denominator: i128) -> Option<i64> {
    let (quotient, rest) = (
        numerator.checked_div(denominator)?,
        numerator.checked_rem(denominator)?,
    );
    let is_up = rest.unsigned_abs() >= denominator.unsigned_abs().div_ceil(2);
    let away = if (numerator < 0) == (denominator < 0) {
        1
    } else {
        -1
    };
    let digits = if is_up && rest != 0 {
        quotient.checked_add(away)?
    } else {
        quotient
    };
    i64::try_from(digits).ok()
}

impl From<Decimal> for String {
    fn from(number: Decimal) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for Decimal {
    type Error = String;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        Self::parse(&written).ok_or_else(|| format!("no decimal number: {written}"))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.cross(*other)
            .cmp(&other.cross(*self))
            .then(self.places.cmp(&other.places))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let places = usize::from(self.places);
        let digits = format!(
            "{:0>width$}",
            self.digits.unsigned_abs(),
            width = places.saturating_add(1)
        );
        match digits.split_at_checked(digits.len().saturating_sub(places)) {
            Some((whole, part)) if !part.is_empty() => write!(f, "{sign}{whole}.{part}"),
            _ => write!(f, "{sign}{digits}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[track_caller]
    fn check(number: Option<Decimal>, written: &str) {
        assert_eq!(
            number.map(|number| number.to_string()).unwrap_or_default(),
            written
        );
    }

    #[test]
    fn quotients_are_rounded_once_and_half_away_from_zero() {
        check(Decimal::percent(20, 21, 2), "95.24");
        check(Decimal::percent(1, 3, 2), "33.33");
        check(Decimal::percent(2, 3, 2), "66.67");
        check(Decimal::ratio(1, 8, 2), "0.13");
        check(Decimal::ratio(-1, 8, 2), "-0.13");
        check(Decimal::ratio(1, -8, 2), "-0.13");
        check(Decimal::ratio(-1, -8, 2), "0.13");
        check(Decimal::ratio(1, 3, 0), "0");
        check(Decimal::ratio(1, 2, 0), "1");
        check(Decimal::ratio(2, 3, 0), "1");
        check(Decimal::percent(3, 3, 2), "100.00");
        check(Decimal::floor(99_999, 1000, 2), "99.99");
        check(Decimal::floor(-1, 3, 2), "-0.34");
        check(Decimal::floor(1, 0, 2), "");
    }

    #[test]
    fn no_data_is_no_number() {
        check(Decimal::percent(0, 0, 2), "");
        check(Decimal::ratio(i64::MAX, 1, 9), "");
    }

    #[test]
    fn it_is_written_and_read_with_its_places() {
        check(Some(Decimal::new(5, 2)), "0.05");
        check(Some(Decimal::new(-5, 2)), "-0.05");
        check(Some(Decimal::new(450, 2)), "4.50");
        check(Some(Decimal::whole(-7)), "-7");
        check(Some(Decimal::new(i64::MIN, 0)), "-9223372036854775808");
        check(Decimal::parse("4.50"), "4.50");
        for wrong in [
            "",
            "-",
            ".5",
            "1.",
            "1,5",
            "+1",
            "1e3",
            "0x1",
            "1.0000000001",
            " 1",
        ] {
            check(Decimal::parse(wrong), "");
        }
        assert_eq!(Decimal::new(9524, 2).in_words_of(Language::Ru), "95,24");
        assert_eq!(Decimal::new(9524, 2).in_words_of(Language::En), "95.24");
    }

    #[test]
    fn sums_and_products_are_exact() {
        let (score, weight) = (Decimal::new(8, 1), Decimal::new(35, 2));
        check(score.times(weight), "0.280");
        check(score.plus(weight), "1.15");
        check(Decimal::new(1, 9).times(Decimal::new(1, 1)), "");
        assert!(Decimal::new(15, 1) < Decimal::new(151, 2));
        assert!(Decimal::new(-2, 0) < Decimal::new(-19, 1));
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back(digits in any::<i64>(), places in 0_u8..=9) {
            let number = Decimal::new(digits, places);
            assert_eq!(Decimal::parse(&number.to_string()), Some(number));
        }

        #[test]
        fn a_quotient_is_at_most_half_a_digit_off(a in -1_000_000_i64..1_000_000, b in 1_i64..1_000_000) {
            let made = Decimal::ratio(a, b, 4).unwrap();
            let scaled = i128::from(made.digits).saturating_mul(i128::from(b));
            let exact = i128::from(a).saturating_mul(10_000);
            let twice_off = scaled.abs_diff(exact).saturating_mul(2);
            assert!(twice_off <= u128::from(b.unsigned_abs()), "{a}/{b} = {made}");
        }
    }
}
