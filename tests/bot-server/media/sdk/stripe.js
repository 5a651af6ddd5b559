// A stand-in for Stripe's script: the same shape, no money. The card 4000… is declined, one that ends in 3155
// leaves the page and comes back, one that ends in 3063 comes back without having paid, one that ends in 9979 is
// being processed when it is first asked for, and anything else is paid.
window.Stripe = (publicKey) => {
  const calls = (window.stripeCalls ??= []);
  calls.push({ publicKey });
  let awaited = 0;
  return {
    elements: (options) => {
      calls.push({ elements: options });
      let field;
      const listeners = {};
      const element = {
        mount: (place) => {
          const root = typeof place === "string" ? document.querySelector(place) : place;
          const label = document.createElement("label");
          label.textContent = "Card number ";
          field = document.createElement("input");
          field.name = "stand-in-card";
          field.inputMode = "numeric";
          field.value = "4242 4242 4242 4242";
          label.append(field);
          root.append(label);
          setTimeout(() => listeners.ready?.(), 50);
        },
        on: (event, listener) => { listeners[event] = listener; },
        once: (event, listener) => { listeners[event] = listener; },
        unmount: () => field?.parentElement?.remove(),
        destroy: () => field?.parentElement?.remove(),
      };
      return { create: (kind, more) => (calls.push({ create: kind, options: more }), element), getElement: () => element, submit: async () => ({}), card: () => field?.value ?? "" };
    },
    confirmPayment: async (request) => {
      const card = request.elements.card().replaceAll(" ", "");
      const { elements, ...said } = request;
      calls.push({ confirmPayment: said, card });
      await new Promise((done) => setTimeout(done, 100));
      if (!card) return { error: { type: "validation_error", message: "Your card number is incomplete." } };
      if (card.startsWith("4000")) return { error: { type: "card_error", message: "Your card was declined." } };
      if (/3155$|3063$/.test(card)) {
        const back = new URL(request.confirmParams.return_url);
        back.searchParams.set("payment_intent", "pi_stand_in");
        back.searchParams.set("redirect_status", card.endsWith("3155") ? "succeeded" : "failed");
        location.href = back;
        return new Promise(() => {});
      }
      awaited = card.endsWith("9979") ? 1 : 0;
      return { paymentIntent: { id: "pi_stand_in", status: awaited ? "processing" : "succeeded" } };
    },
    retrievePaymentIntent: async (secret) => {
      calls.push({ retrievePaymentIntent: secret });
      return { paymentIntent: { id: "pi_stand_in", status: awaited-- > 0 ? "processing" : "succeeded" } };
    },
  };
};
