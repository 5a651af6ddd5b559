// A stand-in for MercadoPago's script: the same shape, no money. Its Brick has a button for each
// way that a payment can end.
window.MercadoPago = class {
  constructor(publicKey, options) {
    const calls = (window.mercadoPagoCalls ??= []);
    calls.push({ publicKey, options });
    this.calls = calls;
  }
  bricks() {
    const { calls } = this;
    return {
      create: async (kind, place, settings) => {
        const { callbacks = {}, ...said } = settings;
        calls.push({ create: kind, settings: said });
        const root = typeof place === "string" ? document.getElementById(place) : place;
        for (const status of ["approved", "pending", "rejected"]) {
          const button = document.createElement("button");
          button.type = "button";
          button.textContent = `Stand-in: ${status}`;
          button.onclick = () => callbacks.onSubmit?.({ selectedPaymentMethod: "stand-in", formData: { status } }, { status });
          root.append(button);
        }
        setTimeout(() => callbacks.onReady?.(), 50);
        return { unmount: () => root.replaceChildren() };
      },
    };
  }
};
