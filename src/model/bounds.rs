//! What a server may not say of an input: sizes below nothing, lists without
//! end. What is refused reads as absent, and is logged.

use super::read::Field;
use super::{
    Card, ChoiceOptions, Choices, DateInput, FileInput, Log, NumberInput, Payment, PaymentOptions,
    PaymentRuntime, PhoneInput, RatingInput, TimeInput, Value, Whole,
};

/// The largest size, in px: beyond it one is a mistake.
pub const MAX_PX: f64 = 10_000.0;

/// The most items of one choice.
pub const MAX_ITEMS: usize = 2_000;

fn options<T: Field>(value: &Value) -> T {
    T::field(value.get("options"))
}

impl Whole for NumberInput {
    fn whole(value: &Value, logs: &mut Vec<Log>) -> NumberInput {
        let mut number: NumberInput = options(value);
        within(&mut number.step, f64::MIN_POSITIVE, f64::MAX, "step", logs);
        if number.min > number.max && number.max.is_some() {
            refuse("max", logs);
            number.max = None;
        }
        number
    }
}

impl Whole for PhoneInput {
    fn whole(value: &Value, _: &mut Vec<Log>) -> PhoneInput {
        options(value)
    }
}

impl Whole for DateInput {
    fn whole(value: &Value, _: &mut Vec<Log>) -> DateInput {
        options(value)
    }
}

impl Whole for TimeInput {
    fn whole(value: &Value, _: &mut Vec<Log>) -> TimeInput {
        options(value)
    }
}

impl Whole for RatingInput {
    fn whole(value: &Value, logs: &mut Vec<Log>) -> RatingInput {
        let mut rating: RatingInput = options(value);
        within(&mut rating.length, 1.0, f64::MAX, "length", logs);
        within(&mut rating.starts_at, f64::MIN, f64::MAX, "startsAt", logs);
        rating
    }
}

impl Whole for FileInput {
    fn whole(value: &Value, logs: &mut Vec<Log>) -> FileInput {
        let mut file: FileInput = options(value);
        within(&mut file.size_limit, 0.0, f64::MAX, "sizeLimit", logs);
        file
    }
}

impl Whole for Choices {
    fn whole(value: &Value, logs: &mut Vec<Log>) -> Choices {
        let mut items = Vec::field(value.get("items"));
        cut(&mut items, MAX_ITEMS, "items", logs);
        let options: ChoiceOptions = options(value);
        Choices { items, options }
    }
}

impl Whole for Vec<Card> {
    fn whole(value: &Value, logs: &mut Vec<Log>) -> Vec<Card> {
        let mut cards = Vec::field(value.get("items"));
        cut(&mut cards, MAX_ITEMS, "items", logs);
        cards
    }
}

impl Whole for Payment {
    fn whole(value: &Value, logs: &mut Vec<Log>) -> Payment {
        let options: PaymentOptions = options(value);
        let mut runtime = PaymentRuntime::field(value.get("runtimeOptions"));
        within(&mut runtime.amount, 0.0, f64::MAX, "amount", logs);
        Payment { options, runtime }
    }
}

/// Leaves a number out that is not between two others.
pub(crate) fn within(
    number: &mut Option<f64>,
    least: f64,
    most: f64,
    name: &str,
    logs: &mut Vec<Log>,
) {
    if number.is_some_and(|n| !(least..=most).contains(&n)) {
        *number = None;
        refuse(name, logs);
    }
}

/// Leaves out what is beyond the most.
pub(crate) fn cut<T>(items: &mut Vec<T>, most: usize, name: &str, logs: &mut Vec<Log>) {
    if items.len() > most {
        items.truncate(most);
        refuse(name, logs);
    }
}

fn refuse(name: &str, logs: &mut Vec<Log>) {
    let mut description = String::from("A value of `");
    description.push_str(name);
    description.push_str("` was out of bounds and was not taken");
    logs.push(Log::error("While reading a reply", &description));
}
