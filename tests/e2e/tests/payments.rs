//! Payments, by stand-ins of the two providers' scripts: paid, refused, pending, and paid on a page of the provider.

use bot_server::{Bot, Call, Config};
use e2e::{Chat, Step, Visit, visit};
use serde_json::{Value, json};

/// Where the conversation is kept while the visitor pays elsewhere.
const KEPT: &str = "sessionStorage.getItem('typebotPaymentInProgress')";

/// The stand-ins in the place of the providers' scripts.
fn stand_ins() -> Value {
    json!({ "sdk": { "stripe": "/sdk/stripe.js", "mercadopago": "/sdk/mercadopago.js" } })
}

/// The texts that were answered with; nothing for what goes on without one.
fn answers(chat: &Chat) -> Vec<String> {
    chat.server.answers()
}

/// Puts another card into the form, which stands in the page, and pays.
async fn pays_by(chat: &Chat, card: &str) -> Step {
    let field = "return [...document.querySelectorAll('[slot=stripe-payment-form] input')].filter(shown).at(-1)";
    let field = chat.element("the card", field, Value::Null).await?;
    field.clear().await.map_err(|e| e.to_string())?;
    field.send_keys(card).await.map_err(|e| e.to_string())?;
    chat.presses("Pay now €30.00").await
}

async fn begins(chat: &Chat, api: &str, bot: &str) -> Step {
    chat.server.reset();
    chat.goes_to(api, bot, &stand_ins()).await
}

/// How often a payment's conversation was begun.
fn starts(chat: &Chat) -> usize {
    let starts = chat.server.calls(Call::Start);
    let told =
        |call: &&bot_server::Recorded| format!("{}{}", call.path, call.body).contains("pay-");
    starts.iter().filter(told).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn stripe_is_paid_in_the_chat() {
    visit(Visit::standard("typebot", "text-only"), async |chat| {
        for api in ["typebot", "viewer", "quickbot"] {
            begins(chat, api, "pay-stripe").await?;
            pays_by(chat, "4242 4242 4242 4242").await?;
            chat.sees("You said: Paid").await?;
            assert_eq!(answers(chat), ["Paid"], "{api}");
            let calls = chat.is("window.stripeCalls").await?;
            assert_eq!(calls[0]["publicKey"], "pk_test_stand_in");
            assert_eq!(calls[1]["elements"]["clientSecret"], "pi_stand_in_secret_x");
            let how = &calls[3]["confirmPayment"];
            assert_eq!(how["redirect"], "if_required");
            let payer = &how["confirmParams"]["payment_method_data"]["billing_details"];
            assert_eq!(payer, &json!({ "name": "Ada", "email": "ada@example.com" }));
            // Nothing is left in the page, and nothing to come back to.
            let left = format!("[document.querySelector('[slot]'), {KEPT}].every((it) => !it)");
            assert_eq!(chat.is(&left).await?, true, "{api}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_stripe_refuses_may_be_another() {
    visit(Visit::standard("typebot", "text-only"), async |chat| {
        begins(chat, "typebot", "pay-stripe").await?;
        pays_by(chat, "4000 0000 0000 0002").await?;
        chat.sees("Your card was declined.").await?;
        chat.picture("pay-declined").await?;
        // What the form says itself is not said twice.
        pays_by(chat, " ").await?;
        chat.until(
            "an incomplete card",
            "return window.stripeCalls.filter((it) => it.confirmPayment).length === 2",
            Value::Null,
        )
        .await?;
        pays_by(chat, "4242 4242 4242 4242").await?;
        chat.sees("You said: Paid").await?;
        assert!(!chat.is_seen("incomplete").await?);
        assert_eq!(answers(chat), ["Paid"]);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_that_takes_its_time_is_asked_again() {
    visit(Visit::standard("typebot", "text-only"), async |chat| {
        begins(chat, "typebot", "pay-stripe").await?;
        pays_by(chat, "4000 0000 0000 9979").await?;
        chat.sees("Your card was declined.").await?;
        pays_by(chat, "5000 0000 0000 9979").await?;
        chat.sees("The payment is being processed.").await?;
        chat.picture("pay-pending").await?;
        chat.presses("Check again").await?;
        chat.until(
            "the bank asked",
            "return window.stripeCalls.some((it) => it.retrievePaymentIntent === 'pi_stand_in_secret_x')",
            Value::Null,
        )
        .await?;
        chat.presses("Check again").await?;
        chat.sees("You said: Paid").await?;
        assert_eq!(answers(chat), ["Paid"]);
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_pays_on_a_page_of_stripe_comes_back_to_the_conversation() {
    visit(Visit::standard("typebot", "text-only"), async |chat| {
        for api in ["typebot", "viewer"] {
            begins(chat, api, "pay-stripe").await?;
            pays_by(chat, "4242 4242 4242 3155").await?;
            chat.sees("You said: Success").await?;
            assert_eq!(answers(chat), ["Success"], "{api}");
            assert_eq!(starts(chat), 1, "{api}");
            // What Stripe put into the address is gone from it.
            let rest = format!("[location.search.includes('payment_intent'), location.search.includes('redirect_status'), {KEPT}]");
            assert_eq!(chat.is(&rest).await?, json!([false, false, null]), "{api}");

            begins(chat, api, "pay-stripe").await?;
            pays_by(chat, "4242 4242 4242 3063").await?;
            chat.sees("Payment failed, retry.").await?;
            assert_eq!(answers(chat), ["fail"], "{api}");
            pays_by(chat, "4242 4242 4242 4242").await?;
            chat.sees("You said: Paid").await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_stripes_script_trying_again_may_help() {
    visit(Visit::standard("typebot", "text-only"), async |chat| {
        let nowhere = json!({ "sdk": { "stripe": "/sdk/nowhere.js" } });
        chat.goes_to("typebot", "pay-stripe", &nowhere).await?;
        chat.sees("The payment form cannot be shown.").await?;
        chat.picture("pay-broken").await?;
        let script = "const it = document.createElement('script'); it.src = '/sdk/stripe.js'; it.onload = () => (window.there = true); document.head.append(it)";
        chat.eval(script, Value::Null).await?;
        chat.until("the script", "return window.there", Value::Null).await?;
        chat.presses("Try again").await?;
        pays_by(chat, "4242 4242 4242 4242").await?;
        chat.sees("You said: Paid").await
    })
    .await;
}

/// Presses a button of the Brick, which stands in the page.
async fn brick(chat: &Chat, way: &str) -> Step {
    let find = "return [...document.querySelectorAll('[slot=mercadopago-payment-form] button')].find((it) => it.textContent === arguments[1] && shown(it))";
    let name = format!("Stand-in: {way}");
    chat.clicks_on(&name, find, json!(name)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn mercado_pago_is_paid_by_its_brick() {
    visit(Visit::standard("viewer", "text-only"), async |chat| {
        begins(chat, "viewer", "pay-mercadopago").await?;
        chat.sees("Pagar R$ 30,00").await?;
        chat.picture("pay-brick").await?;
        brick(chat, "approved").await?;
        chat.sees("You said: Pago").await?;
        assert_eq!(answers(chat), ["Pago"]);
        let calls = chat.is("window.mercadoPagoCalls").await?;
        assert_eq!(
            calls[0],
            json!({ "publicKey": "TEST-stand-in", "options": { "locale": "pt-BR" } })
        );
        assert_eq!(calls[1]["create"], "wallet");
        assert_eq!(
            calls[1]["settings"]["initialization"],
            json!({ "preferenceId": "pref-1" })
        );

        // On a page of its own, and back.
        begins(chat, "viewer", "pay-mercadopago").await?;
        brick(chat, "leave, approved").await?;
        chat.sees("You said: Pago").await?;
        assert_eq!(answers(chat), ["Pago"]);
        assert_eq!(starts(chat), 1);
        let rest = format!("[/status|preference/.test(location.search), {KEPT}]");
        assert_eq!(chat.is(&rest).await?, json!([false, null]));
        Ok(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_mercado_pago_has_not_decided_or_refused_has_a_way_on() {
    visit(Visit::standard("viewer", "text-only"), async |chat| {
        for way in ["pending", "leave, pending"] {
            begins(chat, "viewer", "pay-mercadopago").await?;
            brick(chat, way).await?;
            chat.sees("Your payment is being checked.").await?;
            chat.picture("pay-brick-pending").await?;
            assert_eq!(answers(chat), Vec::<String>::new(), "{way}");
            // The server alone hears of it: it is asked to go on.
            chat.presses("Check again").await?;
            let sent = chat
                .server
                .wait_for(Call::Send, 1, std::time::Duration::from_secs(10));
            assert_eq!(sent[0].body.get("message"), None, "{way}");
        }
        for way in ["rejected", "leave, rejected"] {
            begins(chat, "viewer", "pay-mercadopago").await?;
            brick(chat, way).await?;
            chat.sees("That did not go through.").await?;
            assert_eq!(answers(chat), Vec::<String>::new(), "{way}");
            // The Brick is still there, or there again.
            brick(chat, "rejected").await?;
            chat.presses("Cancel").await?;
            chat.server
                .wait_for(Call::Send, 1, std::time::Duration::from_secs(10));
            assert_eq!(answers(chat), ["fail"], "{way}");
            // The server asks again.
            brick(chat, "approved").await?;
            chat.sees("You said: Pago").await?;
        }
        Ok(())
    })
    .await;
}

/// A bot that asks for a payment by MercadoPago without its key.
fn without_key() -> Bot {
    let runtime = json!({ "preferenceId": "pref-1", "amountLabel": "R$ 30,00", "initPoint": "/media/shop.html" });
    let pay = json!({ "id": "pay", "type": "mercadopago payment", "options": { "labels": { "button": "Pagar" } }, "runtime": runtime });
    let bot = json!({ "speaks": ["viewer"], "groups": [{ "id": "g", "blocks": [{ "type": "text", "text": "Pay, please." }, pay] }] });
    Bot::parse("without-key", &bot.to_string()).expect("the bot is well written")
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_brick_there_is_a_link_to_mercado_pagos_page() {
    let server = Config {
        more_bots: vec![without_key()],
        ..Config::default()
    };
    let page = Visit {
        server,
        ..Visit::standard("viewer", "text-only")
    };
    visit(page, async |chat| {
        let nowhere = json!({ "sdk": { "mercadopago": "/sdk/nowhere.js" } });
        for (bot, options) in [("without-key", stand_ins()), ("pay-mercadopago", nowhere)] {
            chat.goes_to("viewer", bot, &options).await?;
            chat.finds("a.natter-pay-page[href$='/media/shop.html'][target=_top]")
                .await?;
            chat.sees("Pagar R$ 30,00").await?;
            chat.picture("pay-link").await?;
            chat.clicks("a.natter-pay-page").await?;
            let there = "return location.pathname === '/media/shop.html'";
            chat.until("its page", there, Value::Null).await?;
            // Back from there, the conversation is where it was.
            let address = chat.address_of("viewer", bot, &options);
            chat.go(&format!("{address}&status=pending")).await?;
            chat.presses("Check again").await?;
        }
        Ok(())
    })
    .await;
}
