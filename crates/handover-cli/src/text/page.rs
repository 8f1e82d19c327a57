//! A page of eighty columns.

use anstyle::{AnsiColor, Style};
use comfy_table::{ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle};
use unicode_width::UnicodeWidthStr;

/// So wide is a page.
pub(super) const WIDTH: usize = 80;
/// So many readings stand beside each other in one table.
const BESIDE: usize = 4;
/// So wide is the first column of a table at most: a key and a pair of days are never broken.
const FIRST: usize = 27;

const RULED: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());

/// A text that is written from the top down.
#[derive(Debug, Default)]
pub(super) struct Page(String);

/// A row of a table: what it is about, and a cell for each reading.
pub(super) type Row = (String, Vec<String>);

impl Page {
    pub(super) fn into_text(self) -> String {
        self.0
    }

    pub(super) fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    fn styled(&mut self, style: Style, text: &str, indent: usize) {
        for line in wrapped(text, WIDTH.saturating_sub(indent)) {
            self.0.push_str(&" ".repeat(indent));
            self.0.extend([&style.to_string(), line.as_str(), &format!("{style:#}\n")]);
        }
    }

    /// What the whole page is about.
    pub(super) fn title(&mut self, text: &str) {
        self.styled(Style::new().bold().underline(), text, 0);
    }

    /// What a section is about, and in a line what it shows.
    pub(super) fn section(&mut self, name: &str, about: &str) {
        self.gap();
        self.styled(AnsiColor::Cyan.on_default().bold(), &name.to_uppercase(), 0);
        self.styled(Style::new().dimmed(), about, 0);
        self.gap();
    }

    /// What the next lines are about.
    pub(super) fn subject(&mut self, text: &str) {
        self.gap();
        self.styled(Style::new().bold(), text, 0);
    }

    /// A paragraph.
    pub(super) fn say(&mut self, text: &str) {
        self.styled(Style::new(), text, 0);
    }

    /// A remark that is not part of the record.
    pub(super) fn remark(&mut self, text: &str) {
        self.styled(Style::new().dimmed(), text, 0);
    }

    /// An item whose further lines are indented.
    pub(super) fn item(&mut self, text: &str) {
        self.labelled("-", 2, text);
    }

    /// A label in a column of its own, with a text that stays beside it.
    pub(super) fn labelled(&mut self, label: &str, column: usize, text: &str) {
        let mut label = label.to_owned();
        if label.width() >= column {
            self.styled(Style::new(), &label, 0);
            label.clear();
        }
        for line in wrapped(text, WIDTH.saturating_sub(column)) {
            let blank = column.saturating_sub(label.width());
            self.0.push_str(&label);
            self.0.push_str(&" ".repeat(blank));
            self.0.push_str(line.trim_end());
            self.0.push('\n');
            label.clear();
        }
    }

    /// A table. What its rows are about stands in the first column, which gives way last.
    pub(super) fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        // Where many columns stand beside each other, a key has its 23 characters and no more.
        let first = if header.len() > BESIDE { 23 } else { FIRST };
        let mut table = Table::new();
        table
            .load_style(RULED)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(WIDTH).unwrap_or(u16::MAX))
            .set_header(header.iter().map(ToString::to_string));
        for mut row in rows {
            if let Some(about) = row.first_mut() {
                *about = wrapped(about, first).join("\n");
            }
            table.add_row(row);
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 1));
        }
        if let Some(column) = table.column_mut(0) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        for line in table.lines() {
            self.0.push_str(line.trim_end());
            self.0.push('\n');
        }
        self.gap();
    }

    /// A table with a column for each reading, as many beside each other as are easily read.
    pub(super) fn by_reading(&mut self, about: &str, readings: &[String], rows: &[Row]) {
        for (at, part) in readings.chunks(BESIDE).enumerate() {
            let skipped = at.saturating_mul(BESIDE);
            let header: Vec<&str> = std::iter::once(about).chain(part.iter().map(String::as_str)).collect();
            let cells = |(label, cells): &Row| {
                let cells = cells.iter().skip(skipped).take(part.len()).cloned();
                std::iter::once(label.clone()).chain(cells).collect()
            };
            self.table(&header, rows.iter().map(cells).collect());
        }
    }
}

/// Lines of a text that are no wider than this; a word that is wider is broken.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ').flat_map(|word| pieces(word, width)) {
            let needed = line.width().saturating_add(1).saturating_add(word.width());
            if !line.is_empty() && needed > width {
                lines.push(std::mem::take(&mut line));
            } else if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&word);
        }
        lines.push(line);
    }
    lines
}

/// A word in pieces that fit.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.chars() {
        if let Some(piece) = pieces.last_mut() {
            let mut longer = piece.clone();
            longer.push(c);
            if longer.width() <= width {
                *piece = longer;
                continue;
            }
        }
        pieces.push(c.to_string());
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_it_may_be() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrapped("", 3), Vec::<String>::new());
        assert_eq!(wrapped("a\nb", 3), ["a", "b"]);
        for width in 1..20 {
            let text = "what both sides confirm is the number, not who the deceased are, 交換";
            assert!(wrapped(text, width).iter().all(|line| line.width() <= width.max(2)));
        }
    }
}
