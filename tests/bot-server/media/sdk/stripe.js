// A stand-in for Stripe's script: the same shape, no money. The card 4000… is declined,
// one that ends in 3155 leaves the page and comes back, anything else is paid.
window.Stripe = (publicKey) => {
  const calls = (window.stripeCalls ??= []);
  calls.push({ publicKey });
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
      if (card.endsWith("3155")) {
        const back = new URL(request.confirmParams.return_url);
        back.searchParams.set("payment_intent", "pi_stand_in");
        back.searchParams.set("redirect_status", "succeeded");
        location.href = back;
        return new Promise(() => {});
      }
      return { paymentIntent: { id: "pi_stand_in", status: "succeeded" } };
    },
    retrievePaymentIntent: async () => ({ paymentIntent: { id: "pi_stand_in", status: "succeeded" } }),
  };
};
