// Long lists to choose from: a <select> with many options, a fieldset of many checkboxes. A field above narrows them by words
// typed with or without diacritics. Without this file the list is simply long.
(function () {
  "use strict";
  var LONG = 12, made = 0;
  function fold(text) {
    return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }
  function asked(field) { return fold(field.value).split(/\s+/).filter(Boolean); }
  function fits(text, words) { return words.every(function (word) { return text.indexOf(word) !== -1; }); }
  function place(before, name, narrow) {
    var box = document.createElement("div"), field = document.createElement("input"), told = document.createElement("span");
    made += 1;
    box.className = "d-flex align-items-center mb-1";
    field.className = "form-control";
    field.type = "search";
    field.placeholder = "Gõ để lọc, không cần dấu";
    field.autocomplete = "off";
    field.setAttribute("aria-label", "Lọc danh sách: " + name);
    told.id = "loc-" + made;
    told.className = "sm muted text-nowrap";
    told.setAttribute("role", "status");
    field.setAttribute("aria-describedby", told.id);
    box.append(field, told);
    before.before(box);
    field.addEventListener("input", function () {
      var count = narrow(asked(field));
      told.classList.toggle("ms-2", !!field.value.trim());
      told.textContent = field.value.trim() ? (count ? count.toLocaleString("vi-VN") + " dòng khớp" : "không có dòng nào khớp") : "";
    });
    field.addEventListener("keydown", function (event) {
      if (event.key === "Enter") event.preventDefault(); // the form is not ready because a word was typed
    });
  }
  function label(control) {
    return control.labels && control.labels[0] ? control.labels[0].textContent.replace(/\s+/g, " ").trim()
      : control.getAttribute("aria-label") || "";
  }
  function select(list) {
    if (list.dataset.pick || list.multiple || list.options.length <= LONG) return;
    list.dataset.pick = "1";
    var all = Array.prototype.map.call(list.options, function (one) { return { node: one, text: fold(one.textContent) }; });
    place(list, label(list), function (words) {
      var chosen = list.selectedOptions[0], shown = all.filter(function (one) {
        return one.node.value === "" || one.node === chosen || fits(one.text, words);
      });
      list.replaceChildren.apply(list, shown.map(function (one) { return one.node; }));
      var found = all.filter(function (one) { return one.node.value !== "" && fits(one.text, words); });
      if (words.length && found.length === 1) found[0].node.selected = true;
      else if (chosen) chosen.selected = true;
      list.dispatchEvent(new Event("change", { bubbles: true }));
      return found.length;
    });
  }
  function boxes(group) {
    var rows = Array.prototype.slice.call(group.querySelectorAll(".form-check"));
    if (group.dataset.pick || rows.length <= LONG) return;
    group.dataset.pick = "1";
    var name = group.querySelector("legend");
    place(rows[0].closest(".cv-long") || rows[0], name ? name.textContent.trim() : "", function (words) {
      var count = 0;
      rows.forEach(function (row) {
        var found = fits(fold(row.textContent), words), box = row.querySelector("input");
        count += found ? 1 : 0;
        row.hidden = !found && !(box && box.checked); // what is chosen never leaves the eye
      });
      return count;
    });
  }
  function start(root) {
    root.querySelectorAll("select").forEach(select);
    root.querySelectorAll("fieldset").forEach(boxes);
  }
  document.addEventListener("DOMContentLoaded", function () { start(document); });
  document.addEventListener("htmx:load", function (event) { start(event.target); });
})();
