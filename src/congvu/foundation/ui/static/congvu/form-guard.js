// One press, one submission: a second submit of the same form is dropped until the page answers.
(function () {
  "use strict";
  var busy = new WeakSet();
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (busy.has(form)) { event.preventDefault(); return; }
    busy.add(form);
    form.setAttribute("aria-busy", "true");
    // A download or a new tab leaves this page where it is: let the form be used again.
    setTimeout(function () { busy.delete(form); form.removeAttribute("aria-busy"); }, 8000);
  });
  window.addEventListener("pageshow", function () {
    busy = new WeakSet();
    document.querySelectorAll("form[aria-busy]").forEach(function (form) { form.removeAttribute("aria-busy"); });
  });
  var wrong = document.querySelector("[data-focus-first]");
  if (wrong) wrong.focus();
})();
