use super::*;
use natter::model::read::Read;
use natter::model::{Kind, Leaf, Node, Value, plain_text};
use proptest::prelude::*;

/// Reads JSON as the widget does.
fn nodes(json: &str) -> Vec<Node> {
    let value: Value = serde_json::from_str(json).unwrap();
    let items = value.as_array().unwrap();
    items.iter().map(|item| Node::read(item).unwrap()).collect()
}

/// A tree in short: `p(hello *bold*)`.
fn short(nodes: &[Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        match node {
            Node::Leaf(leaf) => out.push_str(&short_leaf(leaf)),
            Node::Element(kind, children) => {
                match kind {
                    Kind::Link(url) => {
                        let url = url.as_ref().map_or("-", |url| url.as_str());
                        out.push_str(&format!("a[{url}]"));
                    }
                    Kind::Image(url, alt) => out.push_str(&format!("img[{}|{alt}]", url.as_str())),
                    Kind::OrderedList(start) if *start != 1.0 => {
                        out.push_str(&format!("ol[{start}]"))
                    }
                    kind => out.push_str(kind.name()),
                }
                out.push_str(&format!("({})", short(children)));
            }
        }
    }
    out
}

fn short_leaf(leaf: &Leaf) -> String {
    let mut text = format!("'{}'", leaf.text);
    for (is_set, mark) in [
        (leaf.bold, "*"),
        (leaf.italic, "/"),
        (leaf.underline, "_"),
        (leaf.strikethrough, "~"),
        (leaf.code, "`"),
    ] {
        if is_set {
            text = format!("{mark}{text}{mark}");
        }
    }
    text
}

#[track_caller]
fn is_markdown(source: &str, expected: &str) {
    assert_eq!(short(&nodes(&markdown(source))), expected, "{source:?}");
}

#[track_caller]
fn is_html(source: &str, expected: &str) {
    assert_eq!(short(&nodes(&html(source))), expected, "{source:?}");
}

#[test]
fn text_is_said_exactly_in_one_leaf() {
    is_markdown(
        "\"It's\" -- a... &amp; \\*b\\* <3 &hellip; 1 < 2",
        "p('\"It's\" -- a... & *b* <3 … 1 < 2')",
    );
    is_markdown("snake_case_name 2*3*4", "p('snake_case_name 2'/'3'/'4')");
    is_markdown("", "");
    is_markdown("a [x] b", "p('a [x] b')");
}

#[test]
fn a_single_line_break_is_one_and_a_blank_line_ends_the_paragraph() {
    is_markdown("a\nb\n\nc", "p('a\nb')p('c')");
    is_markdown("a  \nb\\\nc", "p('a\nb\nc')");
    is_markdown("a\r\nb", "p('a\nb')");
    is_markdown("a<br>\nb<br/>c", "p('a\nb\nc')");
}

#[test]
fn marks_nest_and_merge() {
    is_markdown(
        "**a *b* c** ~~d~~ `e*`",
        "p(*'a '*/*'b'*/*' c'*' '~'d'~' '`'e*'`)",
    );
    is_markdown("***a***", "p(/*'a'*/)");
}

#[test]
fn links_and_images_keep_their_addresses() {
    is_markdown("[a **b**](https://c.d 'e')", "p(a[https://c.d]('a '*'b'*))");
    is_markdown(
        "<https://a.b> <c@d.e>",
        "p(a[https://a.b]('https://a.b')' 'a[mailto:c@d.e]('c@d.e'))",
    );
    is_markdown("[a][b]\n\n[b]: /c", "p(a[/c]('a'))");
    is_markdown("[a](javascript:alert(1))", "p(a[-]('a'))");
    is_markdown(
        "![a *b*](https://c/d.png) e",
        "p(img[https://c/d.png|a b]()' e')",
    );
    is_markdown("[![a](/b.png)](/c)", "p(a[/c](img[/b.png|a]()))");
}

#[test]
fn bare_addresses_are_links_but_not_in_code_or_links() {
    is_markdown(
        "see https://a.b/c_d_e.",
        "p('see 'a[https://a.b/c_d_e]('https://a.b/c_d_e')'.')",
    );
    is_markdown("`https://a.b`", "p(`'https://a.b'`)");
    is_markdown(
        "[https://a.b](https://c.d)",
        "p(a[https://c.d]('https://a.b'))",
    );
    is_markdown("    https://a.b", "code_block(code_line('https://a.b'))");
    is_markdown("**www.a.b**", "p(a[http://www.a.b](*'www.a.b'*))");
}

#[test]
fn blocks_are_what_they_are() {
    is_markdown("# a\n###### b\nc\n===", "h1('a')h6('b')h1('c')");
    is_markdown("> a\n> > b", "blockquote(p('a')blockquote(p('b')))");
    is_markdown("a\n\n---\n\nb", "p('a')hr()p('b')");
    is_markdown(
        "```rust\na\n\n  b < *c*\n```",
        "code_block(code_line('a')code_line('')code_line('  b < *c*'))",
    );
    is_markdown("```\nopen", "code_block(code_line('open'))");
}

#[test]
fn lists_nest() {
    is_markdown(
        "- a\n- b\n  - c\n",
        "ul(li(lic('a'))li(lic('b')ul(li(lic('c')))))",
    );
    is_markdown("3. a\n4. b", "ol[3](li(lic('a'))li(lic('b')))");
    is_markdown("1. a\n\n2. b", "ol(li(p('a'))li(p('b')))");
    is_markdown("- a\n\n  > b", "ul(li(p('a')blockquote(p('b'))))");
}

#[test]
fn tables_have_heads_and_cells() {
    is_markdown(
        "| a | **b** |\n|---|:-:|\n| c | |\n",
        "table(tr(th('a')th(*'b'*))tr(td('c')td()))",
    );
}

#[test]
fn html_in_markdown_goes_through_the_list_or_is_text() {
    is_markdown("a <u>b</u> <b>c **d**</b> e", "p('a '_'b'_' '*'c d'*' e')");
    is_markdown(
        "<a href=\"https://a.b\" onclick=x>c</a>",
        "p(a[https://a.b]('c'))",
    );
    is_markdown("a <a href='javascript:x'>b</a>", "p('a 'a[-]('b'))");
    is_markdown("a Vec<String> b", "p('a Vec<String> b')");
    is_markdown(
        "a <script>alert(1)</script> b",
        "p('a <script>alert(1)</script> b')",
    );
    is_markdown(
        "<script>\nalert(1)\n</script>",
        "p('<script>\nalert(1)\n</script>')",
    );
    is_markdown("<img src=x onerror=alert(1)> a", "p(img[x|]()' a')");
    is_markdown(
        "<think>\na\nb\n</think>\n\nc",
        "p('<think>\na\nb\n</think>')p('c')",
    );
    is_markdown("a <!-- b --> c", "p('a  c')");
}

#[test]
fn blocks_of_html_in_markdown_hold_markdown() {
    is_markdown("<div>\n\n**a**\n\n</div>\n\nb", "p(*'a'*)p('b')");
    is_markdown(
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n\nc",
        "ul(li(lic('a'))li(lic('b')))p('c')",
    );
    is_markdown("<details><summary>a</summary>b</details>", "p('a')p('b')");
}

#[test]
fn a_tag_left_open_ends_with_its_block() {
    is_markdown("a <b>b\n\nc", "p('a '*'b'*)p('c')");
    is_markdown("a <a href=/x>b\n\nc", "p('a 'a[/x]('b'))p('c')");
    is_markdown("- <b>a\n- b", "ul(li(lic(*'a'*))li(lic('b')))");
    is_markdown("a </b> </a> </p> b", "p('a    b')");
    is_markdown("[a <a href=/x>b](/c) d", "p(a[/c]('a b')' d')");
}

#[test]
fn html_is_read_with_tags_and_with_classes() {
    is_html(
        "<div>Hi <span class=\"slate-bold\">a</span><span class='slate-italic slate-underline'> b</span></div><div>c</div>",
        "p('Hi '*'a'*_/' b'/_)p('c')",
    );
    is_html("<b>a<i>b</b>c</i>d", "p(*'a'*/*'b'*//'c'/'d')");
    is_html(
        "<strong>a</strong> <em>b</em> <u>c</u> <del>d</del> <code>e</code>",
        "p(*'a'*' '/'b'/' '_'c'_' '~'d'~' '`'e'`)",
    );
    is_html("&lt;b&gt; &amp;amp; &eacute;", "p('<b> &amp; é')");
    is_html(
        "<a class='slate-bold' href='https://a.b?c=1&amp;d=2'>e</a>f",
        "p(a[https://a.b?c=1&d=2](*'e'*)'f')",
    );
}

#[test]
fn white_space_of_html_collapses() {
    is_html(
        "\n <p>\n a \n  b </p>\n <p> <b>c</b> <i> d</i> </p>\n",
        "p('a b')p(*'c'*' '/'d'/)",
    );
    is_html(
        "<div>a</div><div><br></div><div>b<br>c<br></div>",
        "p('a')p('')p('b\nc')",
    );
    is_html(
        "<pre>\na\n  <b>b</b>\n</pre>c",
        "code_block(code_line('a')code_line('  b'))p('c')",
    );
    is_html("a&nbsp; b", "p('a\u{a0} b')");
}

#[test]
fn html_blocks_nest_as_they_may() {
    is_html(
        "<ul><li>a<li>b<ul><li>c</ul></ul>d",
        "ul(li(lic('a'))li(lic('b')ul(li(lic('c')))))p('d')",
    );
    is_html("<ol start=4><li><p>a</p></li></ol>", "ol[4](li(p('a')))");
    is_html(
        "<p>a<p>b<h2>c</h2><blockquote>d</blockquote><hr>",
        "p('a')p('b')h2('c')blockquote(p('d'))hr()",
    );
    is_html(
        "<table><thead><tr><th>a<th>b</thead><tbody><tr><td>c</table>d",
        "table(tr(th('a')th('b'))tr(td('c')))p('d')",
    );
    is_html(
        "<a href=/x><div>a</div><div>b</div></a>",
        "p(a[/x]('a\nb'))",
    );
    is_html("<li>a</li>", "p('a')");
}

#[test]
fn what_is_not_on_the_list_is_left_out_and_its_text_stays() {
    is_html(
        "<custom-x onload=evil()>a<marquee>b</marquee></custom-x>",
        "p('ab')",
    );
    is_html(
        "a<script>evil()</script><style>evil{}</style><iframe src=evil></iframe><svg><evil/></svg>b",
        "p('ab')",
    );
    is_html(
        "<img src='javascript:evil()' alt=c><img alt=d>",
        "p(img()'d')",
    );
}

#[test]
fn a_growing_text_keeps_the_blocks_that_stand() {
    let whole = "# a\n\nb *c*\nd\n\n- e\n- f\n\n      g\n\n```\nh\n\ni\n```\n\n| j |\n|---|\n| k |\n\n<div>\n\nl\n\n</div>\n\nm https://n.o";
    let mut kept = Vec::new();
    let mut from = 0;
    for end in (0..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let value: Value = serde_json::from_str(&markdown_blocks(&whole[from..end])).unwrap();
        let all = value.get("nodes").and_then(Value::as_array).unwrap();
        let number = |key| match value.get(key) {
            Some(Value::Number(number)) => *number as usize,
            other => panic!("{other:?}"),
        };
        let complete = number("complete");
        let shown: Vec<Node> = kept
            .iter()
            .cloned()
            .chain(all.iter().filter_map(Node::read))
            .collect();
        assert_eq!(
            short(&shown),
            short(&nodes(&markdown(&whole[..end]))),
            "{:?}",
            &whole[..end]
        );
        kept.extend(all[..complete].iter().filter_map(Node::read));
        from += number("rest");
    }
    assert!(from > 60, "{from}");
}

#[test]
fn deep_nesting_ends_where_the_reader_ends_and_loses_no_text() {
    let deep = 100_000;
    for source in [
        ["> ".repeat(deep), "x".into()].concat(),
        ["- ".repeat(deep), "x".into()].concat(),
        ["<blockquote>".repeat(deep), "x".into()].concat(),
        ["<ul><li>".repeat(deep), "x".into()].concat(),
        ["[".repeat(deep), "x".into()].concat(),
        ["**a ".repeat(deep), "x".into()].concat(),
        ["<b>".repeat(deep), "x".into()].concat(),
        ["![".repeat(deep), "x".into()].concat(),
    ] {
        for json in [markdown(&source), html(&source)] {
            assert!(plain_text(&nodes(&json)).ends_with('x'), "{}", &source[..8]);
        }
    }
}

#[test]
fn a_source_that_is_too_long_is_shown_as_it_stands() {
    let source = "*a* ".repeat(300_000);
    assert_eq!(plain_text(&nodes(&markdown(&source))), source.trim_end());
}

#[test]
fn hostile_sources_take_no_time() {
    for piece in [
        "<a ", "<!--", "&", "<a b=\"", "](", "`", "*_", "<p>", "</p>", "https://", "(", "|", "![](",
    ] {
        let source = piece.repeat(100_000 / piece.len());
        let start = std::time::Instant::now();
        nodes(&markdown(&source));
        nodes(&html(&source));
        svg(&source);
        assert!(
            start.elapsed().as_secs() < 20,
            "{piece} took {:?}",
            start.elapsed()
        );
    }
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé ]{0,4}",
        "[*_`~#>|<&;:/!\\[\\]()\\-+0-9.\\\\\"'=\n ]{1,4}",
        proptest::sample::select(vec![
            "<b>",
            "</b>",
            "<a href=/x>",
            "</a>",
            "<div>",
            "</div>",
            "<p>",
            "</p>",
            "<ul>",
            "<li>",
            "</ul>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<br>",
            "<pre>",
            "</pre>",
            "<h1>",
            "<!--",
            "-->",
            "\n\n",
            "- ",
            "    ",
            "```\n",
            "https://a.b",
            "&amp;",
            "| a |\n|---|\n",
            "<svg ",
            "<use href='#a'/>",
        ])
        .prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_everything_reads(source in markup()) {
        nodes(&markdown(&source));
        nodes(&html(&source));
        serde_json::from_str::<serde_json::Value>(&svg(&source)).unwrap();
        serde_json::from_str::<serde_json::Value>(&markdown_blocks(&source)).unwrap();
    }

    #[test]
    fn markdown_loses_no_word(words in proptest::collection::vec("[a-z]{1,6}", 1..12), source in markup()) {
        // Words between odd pieces: each must still be said, in a text or in an address.
        let joined = words.join(" ");
        let json = markdown(&[&source, "\n\n", &joined].concat());
        for word in &words {
            prop_assert!(json.contains(word.as_str()));
        }
    }
}

#[test]
fn a_text_without_markup_needs_no_module() {
    for source in [
        "a\nb",
        " a \n\n\n  b\r\nc",
        "x_y - 5 > 3 & 2",
        "-5\nC#\n#tag",
        "a:\n1.5 b",
    ] {
        assert!(!natter::model::has_markup(source), "{source:?}");
        assert_eq!(
            short(&nodes(&markdown(source))),
            short(&natter::model::paragraphs(source)),
            "{source:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn what_has_no_markup_reads_the_same_without_the_module(
        source in prop_oneof![
            "[ -~\n]{0,24}",
            "[a-c1.)#>=+&;:/é\r\n ]{0,16}",
            "[a_ |!\\-\\\\\n]{0,12}",
        ]
    ) {
        if !natter::model::has_markup(&source) {
            prop_assert_eq!(short(&nodes(&markdown(&source))), short(&natter::model::paragraphs(&source)));
        }
        if !natter::model::has_html(&source) && !source.trim().is_empty() {
            let plain = natter::model::plain(source.trim());
            prop_assert_eq!(short(&nodes(&html(&source))), short(&plain));
        }
    }
}
