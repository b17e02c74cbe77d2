// Fee lines of the draft form: add and remove one without sending the form. Without this, the empty line at the end
// adds, and a line wiped clean is removed when the draft is saved.
(function () {
  "use strict";
  function lines(box) { return box.querySelectorAll("[data-fee]"); }
  function wipe(line) {
    line.querySelectorAll("input, textarea").forEach(function (box) { box.value = ""; });
  }
  function number(box) {
    lines(box).forEach(function (line, at) {
      line.querySelectorAll("[data-label]").forEach(function (control) {
        control.setAttribute("aria-label", control.dataset.label + " " + (at + 1));
      });
    });
  }
  document.querySelectorAll("[data-fees]").forEach(function (box) {
    box.querySelectorAll("[hidden]").forEach(function (button) { button.hidden = false; });
    box.addEventListener("click", function (event) {
      var button = event.target.closest("button");
      if (!button || !box.contains(button)) return;
      var all = lines(box);
      if (button.matches("[data-fee-add]")) {
        var fresh = all[all.length - 1].cloneNode(true);
        wipe(fresh);
        all[all.length - 1].after(fresh);
        number(box);
        fresh.querySelector("input").focus();
      } else if (button.matches("[data-fee-drop]")) {
        var line = button.closest("[data-fee]");
        var next = line.nextElementSibling || line.previousElementSibling;
        if (all.length > 1) { line.remove(); } else { wipe(line); }
        number(box);
        var focus = next && next.querySelector("input");
        if (focus) focus.focus();
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  });
})();
