//! Payments: the providers' own forms, which stand in the page and not in the
//! widget's shadow root, where they cannot work.
//!
//! A form is asked for with [`stripe::open`] or [`mercadopago::open`], and
//! goes away when what they gave is dropped. A payment may lead to a page of
//! the provider or of a bank; [`fate`] reads what the address says of it when
//! the visitor is back.

use crate::model::read::record;

#[cfg(target_arch = "wasm32")]
pub mod mercadopago;
#[cfg(target_arch = "wasm32")]
mod place;
#[cfg(target_arch = "wasm32")]
mod sdk;
#[cfg(target_arch = "wasm32")]
pub mod stripe;

/// Where the conversation is kept while the visitor pays elsewhere: in the
/// storage of the tab, under the official widgets' own key.
pub const KEY: &str = "typebotPaymentInProgress";

/// Stripe's script. Stripe asks that it come from there and nowhere else.
const STRIPE: &str = "https://js.stripe.com/basil/stripe.js";
/// MercadoPago's script.
const MERCADO_PAGO: &str = "https://sdk.mercadopago.com/js/v2";

record! {
    /// Other addresses of the providers' scripts. They are there for tests,
    /// which cannot pay with real money.
    pub struct Sdk {
        /// In the place of Stripe's script.
        pub stripe: Option<String> = "stripe",
        /// In the place of MercadoPago's script.
        pub mercado_pago: Option<String> = "mercadopago",
    }
}

impl Sdk {
    /// The address of Stripe's script.
    pub fn stripe(&self) -> &str {
        self.stripe.as_deref().unwrap_or(STRIPE)
    }

    /// The address of MercadoPago's script.
    pub fn mercado_pago(&self) -> &str {
        self.mercado_pago.as_deref().unwrap_or(MERCADO_PAGO)
    }
}

/// How a payment ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// It is paid.
    Paid,
    /// The provider has not decided yet.
    Pending,
    /// It was not taken, for this reason; nothing where the form says it.
    Refused(Option<String>),
}

/// Why there is no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoForm {
    /// The server did not say what is needed for one.
    Incomplete,
    /// The provider's script, or its form, did not come.
    Unreachable,
}

/// What the address says when the visitor is back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Unknown,
    /// It is paid.
    Paid,
    /// The provider has not decided yet.
    Pending,
    /// It is not paid.
    Failed,
}

/// Whether a parameter of the address was put there by a provider. The shell
/// knows the same names, for they are no variables of the bot.
pub fn is_of_provider(name: &str) -> bool {
    let families = ["payment_", "collection_"];
    let names = [
        "redirect_status",
        "status",
        "merchant_order_id",
        "preference_id",
        "site_id",
        "external_reference",
        "processing_mode",
        "merchant_account_id",
    ];
    names.contains(&name) || families.iter().any(|family| name.starts_with(family))
}

/// What the address says of a payment.
pub fn fate(is_stripe: bool, query: &[(String, String)]) -> Fate {
    let get = |name: &str| {
        let found = query.iter().find(|(it, _)| it == name);
        found.map(|(_, value)| value.as_str())
    };
    if is_stripe {
        return match get("redirect_status") {
            None => Fate::Unknown,
            Some("failed") => Fate::Failed,
            Some(_) => Fate::Paid,
        };
    }
    match get("status").or(get("collection_status")) {
        None => Fate::Unknown,
        Some(status) => of_status(status),
    }
}

/// What a status of MercadoPago means.
pub fn of_status(status: &str) -> Fate {
    match status {
        "approved" => Fate::Paid,
        "pending" | "in_process" | "authorized" => Fate::Pending,
        _ => Fate::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(is_stripe: bool, query: &str) -> Fate {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let pairs: Vec<_> = pairs.map(|(k, v)| (k.into(), v.into())).collect();
        fate(is_stripe, &pairs)
    }

    #[test]
    fn only_a_failed_redirect_of_stripe_is_a_failure() {
        assert_eq!(read(true, "redirect_status=succeeded"), Fate::Paid);
        assert_eq!(read(true, "redirect_status=failed"), Fate::Failed);
        assert_eq!(read(true, "status=rejected"), Fate::Unknown);
    }

    #[test]
    fn mercado_pago_says_how_it_went_in_one_of_two_words() {
        assert_eq!(
            read(false, "status=approved&collection_status=x"),
            Fate::Paid
        );
        assert_eq!(read(false, "collection_status=in_process"), Fate::Pending);
        assert_eq!(read(false, "status=null"), Fate::Failed);
        assert_eq!(read(false, "utm=1"), Fate::Unknown);
    }

    #[test]
    fn what_a_provider_puts_into_the_address_is_known_by_name() {
        for name in [
            "payment_intent_client_secret",
            "redirect_status",
            "collection_id",
            "status",
        ] {
            assert!(is_of_provider(name), "{name}");
        }
        assert!(!is_of_provider("utm_source") && !is_of_provider("pay"));
    }
}
