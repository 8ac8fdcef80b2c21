//! Tables: the cells of a row stand on one line where each is short, below each other where they are not.

use super::page::{Gap, Page};

/// Tables within each other that are kept track of; deeper ones are blocks like others.
const DEPTH_MAX: usize = 64;

/// How long a cell of a table without lines may be, in bytes, to stand beside another: columns of text stand below each
/// other.
const BESIDE_MAX: usize = 120;

/// Empty cells in a row that are shown as such.
const EMPTY_MAX: u8 = 16;

/// The tables that are open.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Vec<Table>,
    /// How many more are open than are kept track of.
    beyond: usize,
}

#[derive(Debug, Default)]
struct Table {
    /// It holds data, with lines or headings, and its cells are parted by tabs; else it only puts things in their places.
    is_data: bool,
    has_cells: bool,
    cell: Option<Cell>,
}

/// An open cell, as it began.
#[derive(Debug, Clone, Copy)]
struct Cell {
    gap: Gap,
    written: usize,
    lines: usize,
}

impl Tables {
    pub(super) fn start(&mut self, page: &mut Page, is_data: bool) {
        page.block();
        if self.open.len() >= DEPTH_MAX {
            self.beyond = self.beyond.saturating_add(1);
            return;
        }
        self.open.push(Table {
            is_data,
            ..Table::default()
        });
    }

    pub(super) fn end(&mut self, page: &mut Page) {
        if self.beyond > 0 {
            self.beyond = self.beyond.saturating_sub(1);
        } else {
            self.cell_end(page);
            self.open.pop();
        }
        page.block();
    }

    /// A row begins or ends.
    pub(super) fn row(&mut self, page: &mut Page) {
        self.cell_end(page);
        page.block();
        if let Some(table) = self.open.last_mut() {
            table.has_cells = false;
        }
    }

    pub(super) fn cell_start(&mut self, page: &mut Page, is_head: bool) {
        self.cell_end(page);
        let Some(table) = self.open.last_mut() else {
            page.space();
            return;
        };
        table.is_data |= is_head;
        if !table.has_cells {
            table.has_cells = true;
            page.block();
        }
        table.cell = Some(Cell {
            gap: page.gap,
            written: page.out.len(),
            lines: page.lines,
        });
    }

    pub(super) fn cell_end(&mut self, page: &mut Page) {
        let Some(table) = self.open.last_mut() else {
            return;
        };
        let Some(cell) = table.cell.take() else {
            return;
        };
        page.has_hard_space = false;
        let length = page.out.len().saturating_sub(cell.written);
        if length == 0 {
            page.gap = cell.gap;
            if let Gap::Cell(tabs) = cell.gap
                && table.is_data
            {
                page.gap = Gap::Cell(tabs.saturating_add(1).min(EMPTY_MAX));
            }
            return;
        }
        let begins_line = matches!(cell.gap, Gap::Lines(_));
        let is_one_line = page.lines == cell.lines.saturating_add(usize::from(begins_line));
        if is_one_line && (table.is_data || length <= BESIDE_MAX) {
            page.gap = Gap::Cell(u8::from(table.is_data));
        } else {
            page.block();
        }
    }

    /// Whether a cell is open and nothing stands in it yet: paragraphs there need no line of their own.
    pub(super) fn is_at_cell_start(&self, page: &Page) -> bool {
        self.open
            .last()
            .and_then(|table| table.cell)
            .is_some_and(|cell| cell.written == page.out.len())
    }
}
