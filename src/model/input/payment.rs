//! A payment, as the author set it and the server prepared it.

use crate::model::read::record;

/// A payment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Payment {
    /// What the author set.
    pub options: PaymentOptions,
    /// What the server prepared.
    pub runtime: PaymentRuntime,
}

record! {
    /// What the author set for a payment.
    pub struct PaymentOptions {
        /// The provider's name.
        pub provider: Option<String> = "provider",
        /// Its words.
        pub labels: PaymentLabels = "labels",
        /// What is known of the payer.
        pub payer: Payer = "additionalInformation",
        /// The currency's ISO code.
        pub currency: Option<String> = "currency",
        /// How much.
        pub amount: Option<String> = "amount",
        /// While the form loads.
        pub loading_message: Option<String> = "loadingMessage",
        /// While the payment is pending.
        pub pending_message: Option<String> = "pendingMessageContent",
        /// When it failed.
        pub retry_message: Option<String> = "retryMessageContent",
    }
}

record! {
    /// The words of a payment.
    pub struct PaymentLabels {
        /// Pays.
        pub button: Option<String> = "button",
        /// Afterwards.
        pub success: Option<String> = "success",
    }
}

record! {
    /// What is known of the payer.
    pub struct Payer {
        /// What is paid for.
        pub description: Option<String> = "description",
        /// The name.
        pub name: Option<String> = "name",
        /// The email address.
        pub email: Option<String> = "email",
        /// The phone number.
        pub phone: Option<String> = "phoneNumber",
        /// The address.
        pub address: Option<Address> = "address",
    }
}

record! {
    /// A postal address.
    pub struct Address {
        /// Country.
        pub country: Option<String> = "country",
        /// First line.
        pub line1: Option<String> = "line1",
        /// Second line.
        pub line2: Option<String> = "line2",
        /// State.
        pub state: Option<String> = "state",
        /// City.
        pub city: Option<String> = "city",
        /// Postal code.
        pub postal_code: Option<String> = "postalCode",
    }
}

record! {
    /// What the server prepared for a payment.
    pub struct PaymentRuntime {
        /// Stripe's secret of this payment.
        pub secret: Option<String> = "paymentIntentSecret",
        /// The amount as it reads.
        pub amount_label: Option<String> = "amountLabel",
        /// The provider's public key.
        pub public_key: Option<String> = "publicKey",
        /// MercadoPago's preference.
        pub preference_id: Option<String> = "preferenceId",
        /// How much.
        pub amount: Option<f64> = "amount",
        /// The currency's ISO code.
        pub currency: Option<String> = "currency",
        /// MercadoPago's own page for this payment.
        pub init_point: Option<String> = "initPoint",
        /// The form's language.
        pub locale: Option<String> = "locale",
    }
}
