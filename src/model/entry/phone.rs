//! Countries and their dial codes.

/// A country: its ISO code and its dial code without the plus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// The ISO 3166 code, in capitals.
    pub code: &'static str,
    /// The dial code, digits alone.
    pub dial: &'static str,
}

/// All countries, each as its code and its dial code. Among those that share
/// a dial code the one that most numbers belong to comes first, so that +1 is
/// the United States, +44 the United Kingdom and +7 Russia.
pub const COUNTRIES: &str = "AF93 AL355 DZ213 AS1684 AD376 AO244 AI1264 AG1268 AR54 AM374 AW297 \
AU61 AT43 AZ994 BS1242 BH973 BD880 BB1246 BY375 BE32 BZ501 BJ229 BM1441 BT975 BO591 BA387 BW267 \
BR55 IO246 VG1284 BN673 BG359 BF226 BI257 KH855 CM237 US1 CA1 CV238 KY1345 CF236 TD235 CL56 CN86 \
CX61 CC61 CO57 KM269 CG242 CD243 CK682 CR506 CI225 HR385 CU53 CW599 CY357 CZ420 DK45 DJ253 DM1767 \
DO1809 DO1829 DO1849 EC593 EG20 SV503 GQ240 ER291 EE372 SZ268 ET251 FK500 FO298 FJ679 FI358 AX358 \
FR33 GF594 PF689 GA241 GM220 GE995 DE49 GH233 GI350 GR30 GL299 GD1473 GP590 BL590 MF590 GU1671 \
GT502 GB44 GG44 JE44 IM44 GN224 GW245 GY592 HT509 HN504 HK852 HU36 IS354 IN91 ID62 IR98 IQ964 \
IE353 IL972 IT39 VA39 JM1876 JM1658 JP81 JO962 RU7 KZ77 KZ76 KE254 KI686 XK383 KW965 KG996 LA856 \
LV371 LB961 LS266 LR231 LY218 LI423 LT370 LU352 MO853 MG261 MW265 MY60 MV960 ML223 MT356 MH692 \
MQ596 MR222 MU230 MX52 FM691 MD373 MC377 MN976 ME382 MS1664 MA212 EH212 MZ258 MM95 NA264 NR674 \
NP977 NL31 NC687 NZ64 PN64 NI505 NE227 NG234 NU683 NF672 AQ672 KP850 MK389 MP1670 NO47 SJ47 BV47 \
OM968 PK92 PW680 PS970 PA507 PG675 PY595 PE51 PH63 PL48 PT351 PR1787 PR1939 QA974 RE262 YT262 \
TF262 RO40 RW250 WS685 SM378 ST239 SA966 SN221 RS381 SC248 SL232 SG65 BQ599 SX1721 SK421 SI386 \
SB677 SO252 ZA27 KR82 SS211 ES34 LK94 SH290 KN1869 LC1758 PM508 VC1784 SD249 SR597 SE46 CH41 SY963 \
TW886 TJ992 TZ255 TH66 TL670 TG228 TK690 TO676 TT1868 TN216 TR90 TM993 TC1649 TV688 VI1340 UG256 \
UA380 AE971 UY598 UZ998 VU678 VE58 VN84 WF681 YE967 ZM260 ZW263 GS500 UM1";

impl Country {
    /// All of them, in the order of the table.
    pub fn all() -> impl Iterator<Item = Country> {
        COUNTRIES.split(' ').filter_map(|entry| {
            Some(Country {
                code: entry.get(..2)?,
                dial: entry.get(2..)?,
            })
        })
    }

    /// The country of an ISO code, in whatever case.
    pub fn by_code(code: &str) -> Option<Country> {
        Country::all().find(|country| country.code.eq_ignore_ascii_case(code.trim()))
    }

    /// The flag, as the emoji that two letters make.
    pub fn flag(self) -> String {
        let letter = |b: u8| char::from_u32(0x1F1E6 + u32::from(b.wrapping_sub(b'A')));
        self.code.bytes().filter_map(letter).collect()
    }
}

/// The country that a number with its plus belongs to: the longest dial code
/// that it begins with.
pub fn country_of(number: &str) -> Option<Country> {
    let digits: String = number
        .strip_prefix('+')?
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let mut found: Option<Country> = None;
    for country in Country::all() {
        let is_longer = found.is_none_or(|f| country.dial.len() > f.dial.len());
        if is_longer && digits.starts_with(country.dial) {
            found = Some(country);
        }
    }
    found
}

/// What is sent for a phone number: as it was typed where it has its plus,
/// otherwise with the country's dial code before it.
pub fn phone_answer(typed: &str, country: Option<Country>) -> String {
    let typed = typed.trim();
    match country {
        Some(country) if !typed.starts_with('+') => {
            let mut number = String::from("+");
            number.push_str(country.dial);
            number.push_str(typed);
            number
        }
        _ => typed.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_a_country() {
        for country in Country::all() {
            assert!(
                country.code.bytes().all(|b| b.is_ascii_uppercase()),
                "{country:?}"
            );
            assert!(!country.dial.is_empty() && country.dial.bytes().all(|b| b.is_ascii_digit()));
        }
        assert!(Country::all().count() > 245);
    }

    #[test]
    fn shared_dial_codes_belong_to_the_largest_country() {
        for (number, code) in [
            ("+1 212", "US"),
            ("+44 20", "GB"),
            ("+7 495", "RU"),
            ("+47 22", "NO"),
        ] {
            assert_eq!(country_of(number).map(|c| c.code), Some(code), "{number}");
        }
    }

    #[test]
    fn the_longest_dial_code_wins() {
        for (number, code) in [
            ("+1 684 1", "AS"),
            ("+1 809", "DO"),
            ("+7 701", "KZ"),
            ("+1 242", "BS"),
        ] {
            assert_eq!(country_of(number).map(|c| c.code), Some(code), "{number}");
        }
    }

    #[test]
    fn a_number_with_its_plus_goes_out_as_typed() {
        let france = Country::by_code("fr");
        assert_eq!(phone_answer("+49 30", france), "+49 30");
        assert_eq!(phone_answer("612345678", france), "+33612345678");
        assert_eq!(phone_answer("612345678", None), "612345678");
    }

    #[test]
    fn a_flag_is_two_letters() {
        assert_eq!(
            Country::by_code("FR").map(Country::flag).as_deref(),
            Some("🇫🇷")
        );
    }
}
