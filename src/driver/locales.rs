//! The languages that there are, and which of them is meant by a tag.

/// The widget's languages, each a file of `locales/`. English, which is built
/// in as well, and none that is not here are ever asked for.
pub const LOCALES: &[&str] = &[
    "ar", "de", "en", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt",
    "pt-BR", "ru", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

/// The language that comes closest to a tag such as `pt-BR`, `pt_PT` or
/// `zh-Hant-HK`; `None` where it is not spoken.
pub fn closest(tag: &str) -> Option<&'static str> {
    let mut parts = tag.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let has = |wanted: &str| parts.clone().any(|part| part.eq_ignore_ascii_case(wanted));
    if first.eq_ignore_ascii_case("zh") {
        // The script goes before the place.
        let is_traditional = has("Hant") || !has("Hans") && (has("TW") || has("HK") || has("MO"));
        return Some(if is_traditional { "zh-TW" } else { "zh-CN" });
    }
    if first.eq_ignore_ascii_case("pt") && has("BR") {
        return Some("pt-BR");
    }
    // The tag that Hebrew had, which pages still carry.
    let first = if first.eq_ignore_ascii_case("iw") {
        "he"
    } else {
        first
    };
    let mut all = LOCALES.iter().copied();
    all.find(|name| name.eq_ignore_ascii_case(first))
}
