// Shortcuts. A control says its own key: <button data-key="F9" data-key-words="Nhận và in">, <input data-key="Alt+1">.
// Single letters and signs work only outside fields and can be switched off under "?" (WCAG 2.1.4).
// Lists: inside [data-list], rows [data-row] are walked with J K, chosen with X, opened with Enter.
(function () {
  "use strict";
  var SETTING = "cvKeys";
  function lettersOn() { try { return localStorage[SETTING] !== "off"; } catch (e) { return true; } }
  function inField(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
      !/^(checkbox|radio|button|submit)$/.test(target.type || "");
  }
  function name(event) {
    var key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (event.altKey && /^Digit\d$/.test(event.code)) key = event.code.slice(5);
    return (event.ctrlKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + key;
  }
  function visible(element) { return element.getClientRects().length > 0; }
  function press(element) {
    if (element.matches("input:not([type=checkbox]):not([type=radio]):not([type=submit]), textarea, select")) {
      element.focus();
      if (element.select) element.select();
    } else element.click();
  }
  function rows() {
    return Array.prototype.filter.call(document.querySelectorAll("[data-list] [data-row]"), visible);
  }
  function current() { return document.querySelector("[data-row].cur"); }
  function walk(step) {
    var list = rows();
    if (!list.length) return;
    var at = list.indexOf(current());
    var next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + step))];
    list.forEach(function (row) { row.classList.remove("cur"); row.removeAttribute("aria-current"); });
    next.classList.add("cur");
    next.setAttribute("aria-current", "true");
    var link = next.querySelector("a[href]") || next.querySelector("[data-row-check]");
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  function listKey(key) {
    if (key === "J") return walk(1), true;
    if (key === "K") return walk(-1), true;
    var row = current();
    if (!row) return false;
    if (key === "X") {
      var box = row.querySelector("[data-row-check]");
      if (box) box.click();
      return Boolean(box);
    }
    return false;
  }
  function escape() {
    var open = document.querySelector("details[name=cv-bar][open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); return true; }
    var clear = document.querySelector("[data-bulk-bar]:not([hidden]) [data-bulk-clear]");
    if (clear && visible(clear)) { clear.click(); return true; }
    return false;
  }
  function help() {
    var dialog = document.getElementById("phim-tat") || build();
    var list = dialog.querySelector("dl");
    list.textContent = "";
    var pairs = [["?", "Xem các phím tắt"]];
    document.querySelectorAll("[data-key]").forEach(function (element) {
      if (!visible(element)) return;
      var words = element.dataset.keyWords || element.getAttribute("aria-label") || element.textContent;
      var caps = Array.prototype.map.call(element.querySelectorAll("kbd"), function (k) { return k.textContent; });
      caps.forEach(function (cap) { words = words.replace(cap, ""); });
      pairs.push([element.dataset.key, words.trim()]);
    });
    if (document.querySelector("[data-list] [data-row]")) {
      pairs.push(["J", "Xuống một dòng"], ["K", "Lên một dòng"], ["X", "Chọn dòng"], ["Enter", "Mở dòng"], ["Esc", "Bỏ chọn"]);
    }
    pairs.forEach(function (pair) {
      var group = document.createElement("div"), term = document.createElement("dt"), words = document.createElement("dd");
      pair[0].split("+").forEach(function (cap) {
        var kbd = document.createElement("kbd");
        kbd.textContent = cap;
        term.append(kbd, " ");
      });
      words.textContent = pair[1];
      group.append(term, words);
      list.append(group);
    });
    dialog.showModal();
  }
  function build() {
    var dialog = document.createElement("dialog");
    dialog.id = "phim-tat";
    dialog.className = "cv-dialog";
    dialog.setAttribute("aria-labelledby", "phim-tat-t");
    dialog.innerHTML = '<form method="dialog"><h2 id="phim-tat-t">Phím tắt của trang này</h2><dl class="keys"></dl>' +
      '<label class="form-check"><input class="form-check-input" type="checkbox"> Dùng phím một chữ cái</label>' +
      '<button class="btn btn-primary mt-3">Đóng</button></form>';
    var box = dialog.querySelector("input");
    box.checked = lettersOn();
    box.addEventListener("change", function () {
      try { localStorage[SETTING] = box.checked ? "on" : "off"; } catch (e) { /* private window: for this page only */ }
    });
    document.body.append(dialog);
    return dialog;
  }
  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") { if (escape()) event.preventDefault(); return; }
    var key = name(event), single = event.key.length === 1 && !event.ctrlKey && !event.altKey;
    if (single && (inField(event.target) || !lettersOn())) return;
    if (single && key === "?") { event.preventDefault(); help(); return; }
    var found = Array.prototype.filter.call(document.querySelectorAll("[data-key]"), function (element) {
      return element.dataset.key.toUpperCase() === key.toUpperCase() && visible(element) && !element.disabled;
    })[0];
    if (found) { event.preventDefault(); press(found); return; }
    if (single && listKey(key)) event.preventDefault();
  });
  document.querySelectorAll("[data-keys-help]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", help);
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[name=cv-bar][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
})();
