//! Which files a file field lets through.

use crate::model::AllowedFiles;

/// What a file field is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Accepted {
    /// The `accept` list; none lets everything through.
    pub list: Option<String>,
    /// The `capture` attribute.
    pub capture: Option<String>,
}

/// Image endings, and the media type they stand for.
const IMAGES: &[(&str, &str)] = &[
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpe", "image/jpeg"),
    ("png", "image/png"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("heic", "image/heic"),
    ("heif", "image/heif"),
];

/// What a file field is told of the files that a bot allows: each once,
/// whatever its case and with or without its dot; an image's ending brings its
/// media type along, because phones know photos by that; and a camera is
/// opened only where nothing but images may come.
pub fn accept(allowed: &AllowedFiles, camera: Option<&str>) -> Accepted {
    let camera = camera.filter(|c| matches!(*c, "environment" | "user"));
    let mut list: Vec<String> = Vec::new();
    if allowed.is_enabled {
        for kind in &allowed.types {
            push(&mut list, kind.trim());
        }
    }
    let is_image = |kind: &String| kind.starts_with("image/") || media_type(kind).is_some();
    let only_images = !list.is_empty() && list.iter().all(is_image);
    let any_image = list.iter().any(is_image);
    let media: Vec<&str> = list.iter().filter_map(|kind| media_type(kind)).collect();
    for kind in media {
        push(&mut list, kind);
    }
    if any_image && camera.is_none() {
        list.push("capture=camera".into());
    }
    Accepted {
        list: (!list.is_empty()).then(|| list.join(", ")),
        capture: camera.filter(|_| only_images).map(String::from),
    }
}

fn push(list: &mut Vec<String>, kind: &str) {
    let bare = |kind: &str| kind.trim_start_matches('.').to_ascii_lowercase();
    if kind.is_empty() {
        return;
    }
    match list.iter_mut().find(|known| bare(known) == bare(kind)) {
        Some(known) if kind.starts_with('.') && !known.starts_with('.') => *known = kind.into(),
        Some(_) => {}
        None => list.push(kind.into()),
    }
}

fn media_type(kind: &str) -> Option<&'static str> {
    let ending = kind.trim_start_matches('.').to_ascii_lowercase();
    IMAGES
        .iter()
        .find(|(known, _)| *known == ending)
        .map(|(_, media)| *media)
}

/// An address whose last part is percent-encoded, as answers of files carry
/// it: a name with a comma would otherwise read as two files.
pub fn encode_last_segment(url: &str) -> String {
    let Some((head, last)) = url.rsplit_once('/') else {
        return url.into();
    };
    let mut encoded = String::from(head);
    encoded.push('/');
    for byte in last.bytes() {
        // What `encodeURIComponent` leaves alone, and what is encoded already.
        let is_plain = byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
        if is_plain {
            encoded.push(byte as char);
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            encoded.push('%');
            encoded.push(HEX[usize::from(byte >> 4)] as char);
            encoded.push(HEX[usize::from(byte & 15)] as char);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(types: &[&str]) -> AllowedFiles {
        AllowedFiles {
            is_enabled: true,
            types: types.iter().map(|t| t.to_string()).collect(),
        }
    }

    #[test]
    fn a_bot_that_allows_all_files_gives_no_list() {
        assert_eq!(accept(&AllowedFiles::default(), None), Accepted::default());
    }

    #[test]
    fn an_ending_is_listed_once_and_with_its_dot() {
        let list = accept(&allowed(&[" PDF", ".pdf", "docx"]), None).list;
        assert_eq!(list.as_deref(), Some(".pdf, docx"));
    }

    #[test]
    fn an_image_brings_its_media_type_and_the_camera() {
        let list = accept(&allowed(&[".jpg", ".pdf"]), None).list;
        assert_eq!(
            list.as_deref(),
            Some(".jpg, .pdf, image/jpeg, capture=camera")
        );
    }

    #[test]
    fn a_camera_opens_only_where_all_files_are_images() {
        assert_eq!(
            accept(&allowed(&[".png"]), Some("user")).capture.as_deref(),
            Some("user")
        );
        assert_eq!(
            accept(&allowed(&[".png", ".pdf"]), Some("user")).capture,
            None
        );
        assert_eq!(accept(&allowed(&[".png"]), Some("evil")).capture, None);
    }

    #[test]
    fn a_comma_in_a_file_name_is_encoded() {
        assert_eq!(
            encode_last_segment("https://a/b/x, y.png"),
            "https://a/b/x%2C%20y.png"
        );
    }
}
