// Where a live result could not be brought up to date, the page says so instead of showing an old one as new.
"use strict";
const stale = (is) => () => { document.getElementById("stale").hidden = !is; };
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, stale(true));
}
document.addEventListener("htmx:afterSwap", stale(false));
