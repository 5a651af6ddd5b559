// A stand-in for MercadoPago's script: the same shape, no money. Its Brick has a button for each
// way that a payment can end, in the page and on a page of its own that comes back.
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
          const leave = button.cloneNode();
          leave.textContent = `Stand-in: leave, ${status}`;
          leave.onclick = () => {
            callbacks.onSubmit?.();
            const back = new URL(location.href);
            for (const [name, value] of Object.entries({ collection_status: status, status, preference_id: "pref-1" })) back.searchParams.set(name, value);
            location.href = back;
          };
          root.append(button, leave);
        }
        setTimeout(() => callbacks.onReady?.(), 50);
        return { unmount: () => root.replaceChildren() };
      },
    };
  }
};
