// The QR of a document carries its code after "#", which browsers send to nobody. Put it into its field.
const code = decodeURIComponent(location.hash.slice(1));
const field = document.getElementById("code");
if (field && /^[0-9A-Z-]{8,12}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
}
