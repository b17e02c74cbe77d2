// A machine at a counter goes on to the next person by itself. Without JavaScript the button does it.
const next = document.querySelector("[data-next]");
if (next) setTimeout(() => { location.href = next.href; }, 12000);
