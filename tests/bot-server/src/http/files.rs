//! Files and pages: the built widget, the playground, media, and what a test made up.

use super::Shared;
use crate::config::here;
use axum::body::Body;
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::path::{Component, PathBuf};

/// `/w/…`: the built widget.
pub async fn dist(app: Shared, Path(path): Path<String>, headers: HeaderMap) -> Response {
    match &app.config.dist {
        Some(folder) => file(&app, folder.clone(), &path, &headers).await,
        None => (
            StatusCode::NOT_FOUND,
            "This server was started without --dist",
        )
            .into_response(),
    }
}

/// `/media/…`: pictures, sounds and frames that the bots show.
pub async fn media(app: Shared, Path(path): Path<String>, headers: HeaderMap) -> Response {
    file(&app, here().join("media"), &path, &headers).await
}

/// `/sdk/…`: stand-ins for what a payment loads from its provider.
pub async fn sdk(app: Shared, Path(path): Path<String>, headers: HeaderMap) -> Response {
    file(&app, here().join("media/sdk"), &path, &headers).await
}

/// Everything else: a test's page, or the playground.
pub async fn rest(app: Shared, request: Request) -> Response {
    let path = request.uri().path();
    let query = request.uri().query().unwrap_or_default();
    if let Some(page) = app.config.pages.iter().find(|page| page.path == path) {
        let mut response = (
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            page.html.clone(),
        )
            .into_response();
        guard(&app, query, response.headers_mut());
        for (name, value) in &page.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                response.headers_mut().insert(name, value);
            }
        }
        return response;
    }
    let Some(folder) = app
        .config
        .playground
        .clone()
        .filter(|_| !path.starts_with("/api/"))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let name = if path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    let mut response = file(
        &app,
        folder,
        name.trim_start_matches('/'),
        request.headers(),
    )
    .await;
    if response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
    {
        guard(&app, query, response.headers_mut());
    }
    response
}

/// The policy of a page: `?csp=` before the server's own.
fn guard(app: &Shared, query: &str, headers: &mut HeaderMap) {
    let asked = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("csp="))
        .map(decoded);
    if let Some(policy) = asked
        .or_else(|| app.config.csp.clone())
        .and_then(|policy| HeaderValue::try_from(policy).ok())
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

fn decoded(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let hex = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match byte {
            b'+' => out.push(b' '),
            b'%' => match (hex(bytes.next()), hex(bytes.next())) {
                (Some(high), Some(low)) => out.push((high * 16 + low) as u8),
                _ => out.push(b'%'),
            },
            _ => out.push(byte),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// One file: compressed where it lies compressed beside itself, a part where a part is asked for,
/// and nothing where the page has it already.
async fn file(app: &Shared, folder: PathBuf, path: &str, asked: &HeaderMap) -> Response {
    let path = PathBuf::from(path);
    // No way out of the folder, and nothing that is hidden in it.
    let open = |part: Component<'_>| matches!(part, Component::Normal(name) if !name.to_string_lossy().starts_with('.'));
    if !path.components().all(open) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let plain = folder.join(&path);
    let accepts = asked
        .get(header::ACCEPT_ENCODING)
        .and_then(|accepts| accepts.to_str().ok())
        .unwrap_or_default();
    let mut found = None;
    for (ending, coding) in [("br", "br"), ("gz", "gzip")] {
        let mut beside = plain.clone().into_os_string();
        beside.push(format!(".{ending}"));
        if accepts.contains(coding) && found.is_none() {
            found = tokio::fs::read(&beside)
                .await
                .ok()
                .map(|bytes| (bytes, Some(coding)));
        }
    }
    let found = match found {
        Some(found) => found,
        None => match tokio::fs::read(&plain).await {
            Ok(bytes) => (bytes, None),
            Err(_) => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let (bytes, coding) = found;
    let tag = HeaderValue::try_from(format!("\"{:x}\"", hash(&bytes)))
        .unwrap_or(HeaderValue::from_static("\"0\""));
    let kind = kind_of(&path.to_string_lossy());
    let mut response = if asked.get(header::IF_NONE_MATCH) == Some(&tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if let Some((from, to)) = asked
        .get(header::RANGE)
        .and_then(|range| part(range, bytes.len()))
        .filter(|_| coding.is_none())
    {
        let mut response = (
            StatusCode::PARTIAL_CONTENT,
            Body::from(bytes[from..=to].to_vec()),
        )
            .into_response();
        let told = format!("bytes {from}-{to}/{}", bytes.len());
        response.headers_mut().insert(
            header::CONTENT_RANGE,
            HeaderValue::try_from(told).unwrap_or(HeaderValue::from_static("bytes */*")),
        );
        response
    } else {
        Body::from(bytes).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::ETAG, tag);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    if let Ok(cache) = HeaderValue::try_from(&app.config.cache) {
        headers.insert(header::CACHE_CONTROL, cache);
    }
    response
}

/// `bytes=from-to`, `to` included; the last byte where it is left out.
fn part(range: &HeaderValue, length: usize) -> Option<(usize, usize)> {
    let (from, to) = range
        .to_str()
        .ok()?
        .strip_prefix("bytes=")?
        .split_once('-')?;
    let from: usize = from.parse().ok()?;
    let to = to.parse().unwrap_or(usize::MAX).min(length.checked_sub(1)?);
    (from <= to).then_some((from, to))
}

/// FNV-1a: told apart is all that is needed.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "wav" => "audio/wav",
        "webm" => "video/webm",
        "mp4" => "video/mp4",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
