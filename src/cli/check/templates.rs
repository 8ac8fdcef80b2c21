//! The administrator's own templates in plain words: how many there are, or what is wrong with the first that cannot be used.

use crate::{
    cli::words::Words, config::Config, house::templates, mail::render::Letters, web::Pages,
};

/// What is said of the folder that is configured, and whether everything in it can be used: of letters, and of the page
/// whether it is served or not.
pub(super) fn describe(config: &Config) -> (Vec<String>, bool) {
    let Some(folder) = config.templates.as_deref() else {
        return (Vec::new(), true);
    };
    let words = Words::of(config);
    let title = words.pick("Свои шаблоны", "Templates of your own");
    match tried(config) {
        Ok(count) => (
            vec![format!("{title}: {} ({count})", folder.display())],
            true,
        ),
        Err(error) => {
            let refused = words.pick("с ними okno не запустится", "okno will not start with them");
            let first = format!("{title}: {}: {refused}:", folder.display());
            (vec![first, format!("  {error:#}")], false)
        }
    }
}

/// How many there are, all of them tried.
fn tried(config: &Config) -> anyhow::Result<usize> {
    let folder = config.templates.as_deref();
    let (letters, page) = (templates::of_letters(folder)?, templates::of_page(folder)?);
    Letters::new(&letters, config.zones.clone())?;
    Pages::new(&page)?;
    Ok(letters.len().saturating_add(page.len()))
}
