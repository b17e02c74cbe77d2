// The counter by keyboard. Everything here only shortens what the form does without it.
(function () {
  "use strict";
  var form = document.querySelector("[data-counter]");
  if (!form) return;
  function all(selector) { return Array.prototype.slice.call(form.querySelectorAll(selector)); }
  function results() { return all("[data-found] button"); }
  function count() {
    var place = form.querySelector("[data-got-count]");
    if (place) place.textContent = all("[data-got]:checked").length;
  }
  form.addEventListener("change", function (event) {
    var target = event.target;
    if (target.matches("[data-got]")) count();
    if (target.matches("[data-card]")) card(target);
    if (target.type === "file" && target.files.length) {
      var label = target.closest("label"), place = label && label.querySelector("[data-file-name]");
      if (place) place.textContent = target.files[0].name;
      var row = target.closest("tr");
      var box = row && row.querySelector("[data-got]");
      if (box && !box.checked) { box.checked = true; count(); }
    }
  });
  // A scanner types the whole card: number|old number|name|birth|sex|address|issued.
  function card(input) {
    var parts = input.value.split("|").map(function (part) { return part.trim(); });
    if (parts.length < 6 || !/^\d{12}$/.test(parts[0])) return false;
    input.value = parts[0];
    var name = form.elements.namedItem("name"), address = form.elements.namedItem("address");
    if (name && !name.value) name.value = parts[2];
    if (address && !address.value) address.value = parts[5];
    var phone = form.elements.namedItem("phone");
    if (phone) phone.focus();
    return true;
  }
  form.addEventListener("click", function (event) {
    var every = event.target.closest("[data-all-got]");
    if (!every) return;
    event.preventDefault();
    all("[data-got]").forEach(function (box) { box.checked = true; });
    count();
  });
  form.addEventListener("keydown", function (event) {
    var target = event.target, list = results();
    if (target.matches("[data-search]")) {
      if (event.key === "ArrowDown" && list.length) { event.preventDefault(); list[0].focus(); }
      if (event.key === "Enter" && list.length) { event.preventDefault(); list[0].click(); }
      return;
    }
    var at = list.indexOf(target);
    if (at >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      var next = list[at + (event.key === "ArrowDown" ? 1 : -1)];
      (next || form.querySelector("[data-search]")).focus();
      return;
    }
    // Enter goes to the next field, as on a till; only the buttons send.
    if (event.key === "Enter" && target.matches("input:not([type=checkbox]):not([type=file]), select")) {
      event.preventDefault();
      if (target.matches("[data-card]") && card(target)) return;
      var fields = all("input:not([type=hidden]):not([tabindex='-1']), select, textarea, button:not([tabindex='-1'])")
        .filter(function (one) { return one.getClientRects().length > 0 && !one.disabled; });
      var follow = fields[fields.indexOf(target) + 1];
      if (follow) follow.focus();
    }
  });
  form.addEventListener("toggle", function (event) {
    if (event.target.matches("[data-refuse]") && event.target.open) form.querySelector("#ly-do").focus();
  }, true);
  document.body.addEventListener("htmx:afterSwap", count);
})();
