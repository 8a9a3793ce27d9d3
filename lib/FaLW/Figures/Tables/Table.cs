using FaLW.Data;

namespace FaLW.Figures;

/// <summary>A table as a value: written as text, HTML, Markdown, CSV or LaTeX by pure functions, the same in every culture.</summary>
/// <param name="Title">One line that says what is listed.</param>
/// <param name="Columns">The columns, left to right.</param>
/// <param name="Rows">The rows, top to bottom.</param>
[TypeFormatterSource(typeof(FormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record Table(string Title, ValueList<Column> Columns, ValueList<Row> Rows)
{
    /// <summary>A line under the table: what the marks mean, how many seeds.</summary>
    public string Note { get; init; } = "";

    /// <summary>The same table without some columns, for example times, which differ from run to run.</summary>
    /// <param name="titles">Titles of the columns to leave out.</param>
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

    /// <summary>The table for a terminal: aligned columns of plain characters.</summary>
    public string ToText() => TableText.Of(this);

    /// <summary>The table as an HTML <c>table</c> with its own small style, no script.</summary>
    public string ToHtml() => TableHtml.Of(this);

    /// <summary>The table as Markdown that GitHub renders; best numbers in bold.</summary>
    public string ToMarkdown() => TableMarkdown.Of(this);

    /// <summary>The table as CSV: whole numbers and points, one column each for value, interval and gap.</summary>
    public string ToCsv() => TableCsv.Of(this);

    /// <summary>The table as a LaTeX <c>tabular</c> for the booktabs package.</summary>
    public string ToLatex() => TableLatex.Of(this);

    /// <summary>The table for a notebook host that asks by name: HTML, Markdown and plain text.</summary>
    public IReadOnlyDictionary<string, object> ToMimeBundle() => new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["text/html"] = ToHtml(),
        ["text/markdown"] = ToMarkdown(),
        ["text/plain"] = ToText(),
    };

    /// <summary>Shows the table where the program runs: in the notebook, or as text.</summary>
    public void Show() => Display.Show(this);

    /// <summary>The table as text.</summary>
    public override string ToString() => ToText();
}

/// <summary>A column: what its cells are.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Unit">Unit of the numbers, for example <c>%</c> or <c>points</c>; empty for words.</param>
/// <param name="Decimals">Digits after the point.</param>
public sealed record Column(string Title, string Unit = "", int Decimals = 2)
{
    /// <summary>What the column measures, in a sentence; shown under the pointer.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>True for a column of words, set to the left.</summary>
    public bool Words { get; init; }

    /// <summary>True for long words, which may take several lines on a page.</summary>
    public bool Wraps { get; init; }

    /// <summary>Heading and unit.</summary>
    public string Heading => Unit.Length == 0 ? Title : $"{Title} ({Unit})";
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
}
