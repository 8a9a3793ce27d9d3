using FaLW.Data;

namespace FaLW.Figures;

/// <summary>A table as a value: written as text, HTML, Markdown, CSV or LaTeX by pure functions, the same in every culture.</summary>
/// <param name="Title">One line that says what is listed.</param>
/// <param name="Columns">The columns, left to right.</param>
/// <param name="Rows">The rows, top to bottom.</param>
[TypeFormatterSource]
public sealed record Table(string Title, ValueList<Column> Columns, ValueList<Row> Rows)
{
    /// <summary>A line under the table: what the marks mean, how many seeds.</summary>
    public string Note { get; init; } = "";

    /// <summary>A table of one row per item: <c>Table.Of("Title", runs, [new("method", r => r.Label), new("time", r => r.Seconds, "s", 1)])</c>.</summary>
    /// <param name="title">One line that says what is listed.</param>
    /// <param name="rows">The items, top to bottom.</param>
    /// <param name="columns">Each column with its title and what it takes from an item: a word, a number, or a <see cref="Cell"/>.</param>
    /// <param name="reference">True for an item the others are measured against; null for none.</param>
    /// <param name="note">A line under the table: what the marks mean, how many seeds.</param>
    public static Table Of<T>(string title, IEnumerable<T> rows, IEnumerable<Column<T>> columns, Func<T, bool>? reference = null, string note = "")
    {
        Column<T>[] all = [.. columns];
        return new Table(
            title, all.Select(column => column.Heading()).ToValueList(),
            rows.Select(row => new Row(all.Select(column => column.Of(row)).ToValueList()) { Reference = reference?.Invoke(row) ?? false }).ToValueList())
        { Note = note };
    }

    /// <summary>The same table without some columns, for example times, which differ from run to run.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public Table Without(params string[] titles)
    {
        if (titles.FirstOrDefault(title => Columns.All(c => c.Title != title)) is { } unknown)
            throw new ArgumentException($"There is no column '{unknown}'. The columns are {string.Join(", ", Columns.Select(c => c.Title))}.", nameof(titles));
        int[] kept = [.. Enumerable.Range(0, Columns.Count).Where(i => !titles.Contains(Columns[i].Title, StringComparer.Ordinal))];
        return this with
        {
            Columns = [.. kept.Select(i => Columns[i])],
            Rows = Rows.Select(row => row with { Cells = [.. kept.Select(i => row.Cells[i])] }).ToValueList(),
        };
    }

    /// <summary>The table as text.</summary>
    public override string ToString() => this.ToText();
}

/// <summary>A column: what its cells are.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Unit">Unit of the numbers, for example <c>%</c> or <c>points</c>; empty for words.</param>
/// <param name="Decimals">Digits after the point.</param>
public record Column(string Title, string Unit = "", int Decimals = 2)
{
    /// <summary>What the column measures, in a sentence; shown under the pointer.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>True for a column of words, set to the left.</summary>
    public bool Words { get; init; }

    /// <summary>True for long words, which may take several lines on a page.</summary>
    public bool Wraps { get; init; }

    internal string TitleAndUnit => Unit.Length == 0 ? Title : $"{Title} ({Unit})";

    // Without what a column of items adds: tables are equal by what they show.
    internal Column Heading() => new(this);
}

/// <summary>A column and what it takes from an item.</summary>
/// <typeparam name="T">The item a row is made of.</typeparam>
public sealed record Column<T> : Column
{
    /// <summary>A column of words.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="word">The word of an item.</param>
    public Column(string title, Func<T, string> word) : base(title) => (Of, Words) = (item => word(item), true);

    /// <summary>A column of numbers.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="cell">The number of an item, alone or with its interval and gap; NaN shows as a dash.</param>
    /// <param name="unit">Unit of the numbers.</param>
    /// <param name="decimals">Digits after the point.</param>
    public Column(string title, Func<T, Cell> cell, string unit = "", int decimals = 2) : base(title, unit, decimals) => Of = cell;

    internal Func<T, Cell> Of { get; }
}

/// <summary>A row of cells.</summary>
/// <param name="Cells">One per column.</param>
public sealed record Row(ValueList<Cell> Cells)
{
    /// <summary>True for the row the others are measured against.</summary>
    public bool Reference { get; init; }
}

/// <summary>A word, or a number with its interval and its gap to the reference.</summary>
/// <param name="Text">The word; empty for a number.</param>
/// <param name="Value">The number; NaN for a word or a missing number.</param>
/// <param name="Interval">Half-width of the interval around it; NaN for none.</param>
/// <param name="Gap">Signed distance to the reference row; NaN for none.</param>
public sealed record Cell(string Text, double Value = double.NaN, double Interval = double.NaN, double Gap = double.NaN)
{
    /// <summary>True for the best number of its column.</summary>
    public bool Best { get; init; }

    /// <summary>A number.</summary>
    /// <param name="value">The number; NaN shows as a dash.</param>
    /// <param name="interval">Half-width of its interval; NaN for none.</param>
    /// <param name="gap">Signed distance to the reference; NaN for none.</param>
    public static Cell Of(double value, double interval = double.NaN, double gap = double.NaN) => new("", value, interval, gap);

    /// <summary>A number; NaN shows as a dash.</summary>
    public static implicit operator Cell(double value) => Of(value);

    /// <summary>A word.</summary>
    public static implicit operator Cell(string word) => new(word);
}
