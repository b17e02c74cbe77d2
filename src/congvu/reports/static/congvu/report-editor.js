// Puts a figure at the caret of the report's text. Without this file the same button puts it at the end of the text.
(function () {
  "use strict";
  function text() { return document.querySelector("[data-report-text]"); }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-insert]"), area = text();
    if (!button || !area) return;
    event.preventDefault();
    area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
