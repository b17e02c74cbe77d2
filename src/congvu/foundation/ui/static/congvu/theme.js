// Light or dark. Loaded before the first paint so that nothing flashes; the server keeps the choice in a cookie.
(function (root) {
  "use strict";
  var system = matchMedia("(prefers-color-scheme: dark)");
  function follow() { root.dataset.bsTheme = system.matches ? "dark" : "light"; }
  if (root.hasAttribute("data-theme-follow")) {
    follow();
    system.addEventListener("change", function () { if (root.hasAttribute("data-theme-follow")) follow(); });
  }
  document.addEventListener("submit", function (event) {
    var toggle = event.target.querySelector("[data-theme-toggle]");
    if (!toggle) return;
    event.preventDefault();
    root.removeAttribute("data-theme-follow");
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    var secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = "cv_theme=" + root.dataset.bsTheme + "; Path=/; Max-Age=31536000; SameSite=Lax" + secure;
  });
})(document.documentElement);
