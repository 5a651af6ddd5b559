//! Choices among buttons, pictures and cards.

use crate::model::read::record;

/// A choice among items.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// The items.
    pub items: Vec<Item>,
    /// How they are chosen.
    pub options: ChoiceOptions,
}

record! {
    /// How items are chosen.
    pub struct ChoiceOptions {
        /// Whether several can be.
        pub is_multiple: bool = "isMultipleChoice",
        /// Whether they can be searched.
        pub is_searchable: bool = "isSearchable",
        /// Whether items show before anything is searched.
        pub shows_all_first: bool = "areInitialSearchButtonsVisible" or true,
        /// Sends several.
        pub button: Option<String> = "buttonLabel",
        /// Shown while the search is empty.
        pub search_placeholder: Option<String> = "searchInputPlaceholder",
        /// Whether the visitor may give another answer.
        pub has_other: bool = "otherOption",
    }
}

record! {
    /// An item of a choice.
    pub struct Item {
        /// Its id.
        pub id: String = "id",
        /// What a button says.
        pub content: Option<String> = "content",
        /// What a picture is titled.
        pub title: Option<String> = "title",
        /// More about it.
        pub description: Option<String> = "description",
        /// Its picture.
        pub picture: Option<String> = "pictureSrc",
        /// What it stands for.
        pub value: Option<String> = "value",
    }
}

record! {
    /// A card.
    pub struct Card {
        /// Its id.
        pub id: String = "id",
        /// Its picture.
        pub image_url: Option<String> = "imageUrl",
        /// Its title.
        pub title: Option<String> = "title",
        /// More about it.
        pub description: Option<String> = "description",
        /// Its buttons.
        pub paths: Vec<Path> = "paths",
    }
}

record! {
    /// A card's button.
    pub struct Path {
        /// Its id.
        pub id: Option<String> = "id",
        /// What it says.
        pub text: Option<String> = "text",
    }
}
