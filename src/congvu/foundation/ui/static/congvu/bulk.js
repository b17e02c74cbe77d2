// Rows that can be chosen: <form data-bulk> with checkboxes [data-row-check], one [data-check-all],
// a bar [data-bulk-bar] and its count [data-bulk-count]. Without this file the bar simply always stands there.
(function () {
  "use strict";
  function wire(form) {
    function whole() { return form.querySelector("[data-check-all]"); } // asked anew: htmx may have put new rows in
    var bar = form.querySelector("[data-bulk-bar]");
    function boxes() { return Array.prototype.slice.call(form.querySelectorAll("[data-row-check]")); }
    function show() {
      var all = whole();
      var list = boxes();
      var chosen = list.filter(function (box) { return box.checked; });
      list.forEach(function (box) {
        var row = box.closest("tr, li, [data-row]");
        if (row) row.classList.toggle("sel", box.checked);
      });
      if (all) {
        all.hidden = false;
        all.checked = list.length > 0 && chosen.length === list.length;
        all.indeterminate = chosen.length > 0 && chosen.length < list.length;
      }
      form.querySelectorAll("[data-bulk-count]").forEach(function (count) {
        count.textContent = chosen.length.toLocaleString("vi-VN");
      });
      if (bar) bar.hidden = chosen.length === 0;
    }
    form.addEventListener("change", function (event) {
      var all = whole();
      if (all && event.target === all) boxes().forEach(function (box) { box.checked = all.checked; });
      show();
    });
    form.addEventListener("click", function (event) {
      if (!event.target.closest("[data-bulk-clear]")) return;
      event.preventDefault();
      boxes().forEach(function (box) { box.checked = false; });
      show();
    });
    show();
  }
  function start(root) { root.querySelectorAll("form[data-bulk]").forEach(wire); }
  start(document);
  document.addEventListener("htmx:load", function (event) {
    if (event.target !== document.body) start(event.target);
    var around = event.target.closest && event.target.closest("form[data-bulk]");
    if (around) around.dispatchEvent(new Event("change"));
  });
})();
